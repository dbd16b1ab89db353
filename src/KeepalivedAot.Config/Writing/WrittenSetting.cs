namespace KeepalivedAot.Config.Writing;

/// <summary>One effective setting of a block, as it is written in a file.</summary>
/// <param name="Word">The keyword, behind those of the blocks around it: <c>authentication auth_type</c>.</param>
/// <param name="Value">The words behind it; empty for a keyword that stands alone. A secret is asterisks.</param>
public readonly record struct WrittenSetting(string Word, string Value);
