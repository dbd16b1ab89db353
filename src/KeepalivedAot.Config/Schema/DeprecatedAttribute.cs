namespace KeepalivedAot.Config.Schema;

/// <summary>The property's own keyword is deprecated.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeprecatedAttribute(string instead) : Attribute
{
    /// <summary>What to write in its place.</summary>
    public string Instead { get; } = instead;

    /// <summary>A config test counts it, and reports it by its exit status.</summary>
    public bool Counts { get; set; }
}
