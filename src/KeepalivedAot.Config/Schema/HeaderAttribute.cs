namespace KeepalivedAot.Config.Schema;

/// <summary>
/// What stands between the word that opens the block and its brace, when that is more than a name: the address and port of a
/// <c>virtual_server</c>. When it cannot be read the block is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeaderAttribute : Attribute;
