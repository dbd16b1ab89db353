namespace KeepalivedAot.Config.Schema;

/// <summary>The value is read and checked, and nothing comes of it, in keepalived neither; said in a warning.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoEffectAttribute : Attribute
{
    /// <summary>The value says so itself when it is read, in its own words.</summary>
    public bool SaysItself { get; set; }
}
