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

/// <summary>
/// One line of a value block, such as one address of <c>virtual_ipaddress</c>, or what may follow a keyword on its line, such as
/// the options of <c>use_vmac</c>; its parser is generated.
/// </summary>
/// <remarks>
/// Members are <see cref="PositionalAttribute"/>s that come first, in their order, and any number of options in any order, declared as
/// keywords are: <see cref="KeywordAttribute"/> takes one word (or a value that reads itself), <see cref="SetsAttribute"/> none.
/// With a positional that may stand <see cref="PositionalAttribute.Anywhere"/> the class writes <c>TakeOther</c> itself.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LineBlockAttribute : Attribute
{
    /// <summary>The class writes <c>Format</c> itself, because the order of its words matters.</summary>
    public bool FormatsItself { get; set; }

    /// <summary>The class writes <c>TakeOther</c> itself, because words come in more forms than declared: <c>+read</c>, <c>IRUSR|IWUSR</c>.</summary>
    public bool TakesOthers { get; set; }

    /// <summary>The class writes <c>ReadWords</c> itself, because what a word means depends on those before it; its words are declared all the same.</summary>
    public bool ReadsItself { get; set; }

    /// <summary>
    /// keepalived stops at an option without its value, and drops the line for one that it does not know or whose value it rejects. Else
    /// the first drops the line, and the others are left out.
    /// </summary>
    public bool DemandsValues { get; set; }
}

/// <summary>A word of a line that is known by its place and not by a keyword.</summary>
/// <param name="what">What to call it in a message: "address".</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositionalAttribute(string what) : Attribute
{
    public string What { get; } = what;

    /// <summary>The line may end before it.</summary>
    public bool Optional { get; set; }

    /// <summary>It is whatever word is no option; the class decides in <c>TakeOther</c>.</summary>
    public bool Anywhere { get; set; }

    /// <summary>keepalived's first release with it.</summary>
    public string? Since { get; set; }

    /// <summary>The default in words, where it is not a constant.</summary>
    public string? Default { get; set; }
}

/// <summary>
/// What stands between the word that opens the block and its brace, when that is more than a name: the address and port of a
/// <c>virtual_server</c>. When it cannot be read the block is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeaderAttribute : Attribute;

/// <summary>A list of lines that is the whole content of a named block, which then has no keywords.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContentAttribute : Attribute;

/// <summary>keepalived's first releases with words that the block inherits from its base class: word, release, word, release.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InheritedSinceAttribute(params string[] pairs) : Attribute
{
    public string[] Pairs { get; } = pairs;
}

/// <summary>The defaults in words of what the block inherits from its base class: word, default, word, default.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InheritedDefaultAttribute(params string[] pairs) : Attribute
{
    public string[] Pairs { get; } = pairs;
}

/// <summary>
/// The value of the keyword reads itself, and what it reads are the options of a line: in one form, or in that which a word between
/// the keyword and the options chooses (<c>encap mpls</c>).
/// </summary>
/// <param name="word">The word that chooses it; "" when there is only one form.</param>
/// <param name="options">A <see cref="LineBlockAttribute"/> class.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class FormAttribute(string word, Type options) : Attribute
{
    public string Word { get; } = word;
    public Type Options { get; } = options;
}
