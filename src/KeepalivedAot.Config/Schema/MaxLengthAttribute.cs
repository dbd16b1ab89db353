namespace KeepalivedAot.Config.Schema;

/// <summary>A string of at most so many bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxLengthAttribute(int bytes) : Attribute
{
    public int Bytes { get; } = bytes;
}
