namespace KeepalivedAot.Config.Schema;

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
