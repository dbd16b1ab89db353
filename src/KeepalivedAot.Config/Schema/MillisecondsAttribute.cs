namespace KeepalivedAot.Config.Schema;

/// <summary>A <see cref="Base.Time.Duration"/> is written in milliseconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MillisecondsAttribute : Attribute
{
    /// <summary>How many decimals are accepted: 0 or 3.</summary>
    public int Decimals { get; set; }
}
