using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config;

/// <summary>A name in a list, such as that of a <c>vrrp_instance</c> in a group, and where it was written.</summary>
public readonly record struct ConfigName(string Name, SourceSpan Span);
