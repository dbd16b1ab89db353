namespace KeepalivedAot.Config.Schema;

/// <summary>A word without a value that makes the property true.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SetsAttribute(string word) : Attribute
{
    public string Word { get; } = word;
    public string? Since { get; set; }
    public string? Default { get; set; }
}
