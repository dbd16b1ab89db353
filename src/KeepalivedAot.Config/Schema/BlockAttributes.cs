namespace KeepalivedAot.Config.Schema;

/// <summary>A keyword block, <c>word { … }</c>; the class is partial and its parser is generated.</summary>
/// <param name="word">The word that opens it; the root block has none and says "(root)".</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BlockAttribute(string word) : Attribute
{
    public string Word { get; } = word;

    /// <summary>What stands between the word and the brace, such as NAME: exactly one word, unique among its kind, kept in the property <c>Name</c>.</summary>
    public string? Label { get; set; }
}

/// <summary>One line of a value block, such as one address of <c>virtual_ipaddress</c>; its parser is generated.</summary>
/// <remarks>
/// Members are one <see cref="PositionalAttribute"/> that comes first and any number of options in any order, declared as
/// keywords are: <see cref="KeywordAttribute"/> takes one word, <see cref="SetsAttribute"/> none.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LineBlockAttribute : Attribute;

/// <summary>The first word of a line of a value block.</summary>
/// <param name="what">What to call it in a message: "address".</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositionalAttribute(string what) : Attribute
{
    public string What { get; } = what;
}
