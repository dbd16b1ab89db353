namespace KeepalivedAot.Config.Schema;

/// <summary>A <see cref="Base.Time.Duration"/> is written in seconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : Attribute
{
    /// <summary>How many decimals are accepted: 0 (whole seconds), 3 or 6.</summary>
    public int Decimals { get; set; }
}
