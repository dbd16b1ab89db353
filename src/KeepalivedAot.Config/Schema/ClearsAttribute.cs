namespace KeepalivedAot.Config.Schema;

/// <summary>A word without a value that makes the property false.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClearsAttribute(string word) : Attribute
{
    public string Word { get; } = word;
    public string? Since { get; set; }
    public string? Default { get; set; }
}
