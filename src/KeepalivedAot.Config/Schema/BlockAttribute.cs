namespace KeepalivedAot.Config.Schema;

/// <summary>A keyword block, <c>word { … }</c>; the class is partial and its parser is generated.</summary>
/// <param name="word">The word that opens it; the root block has none and says "(root)".</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BlockAttribute(string word) : Attribute
{
    public string Word { get; } = word;

    /// <summary>
    /// What stands between the word and the brace, such as NAME: one word, unique among its kind, kept in the property
    /// <c>Name</c>; or what the <see cref="HeaderAttribute"/> reads, in the notation of the keyword table.
    /// </summary>
    public string? Label { get; set; }
}
