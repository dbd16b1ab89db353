namespace KeepalivedAot.Config.Schema;

/// <summary>The smallest and the largest number that is accepted, both included, in the unit in which the user writes it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute : Attribute
{
    public RangeAttribute(long minimum, long maximum) => (Minimum, Maximum) = (minimum, maximum);

    /// <summary>For decimals; at most 15 significant digits.</summary>
    public RangeAttribute(double minimum, double maximum) => (Minimum, Maximum) = (minimum, maximum);

    public object Minimum { get; }
    public object Maximum { get; }
}
