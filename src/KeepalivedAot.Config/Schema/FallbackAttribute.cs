namespace KeepalivedAot.Config.Schema;

/// <summary>What the property becomes when its value is rejected, written as in the file; else it stays as it was.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FallbackAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}
