namespace KeepalivedAot.Config.Schema;

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

    /// <summary>How many words count behind the first one, or behind the keyword: more are passed over, with a warning. 0 is for any number.</summary>
    public int MostWords { get; set; }

    /// <summary>
    /// keepalived stops at an option without its value, and drops the line for one that it does not know or whose value it rejects. Else
    /// the first drops the line, and the others are left out.
    /// </summary>
    public bool DemandsValues { get; set; }
}
