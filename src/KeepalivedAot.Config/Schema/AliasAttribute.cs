namespace KeepalivedAot.Config.Schema;

/// <summary>Another spelling of the property's keyword, accepted in silence.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class AliasAttribute(string word) : Attribute
{
    public string Word { get; } = word;
    public string? Since { get; set; }
}
