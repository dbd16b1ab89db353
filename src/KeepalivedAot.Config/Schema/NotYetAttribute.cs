namespace KeepalivedAot.Config.Schema;

/// <summary>The value is read and checked, but keepalived-aot does not act on it yet; said once for each word in a warning.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotYetAttribute : Attribute;
