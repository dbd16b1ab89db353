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

/// <summary>The number is rejected when anything follows its digits (grammar: "strict"); else the digits are used outside a config test.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StrictAttribute : Attribute;

/// <summary>A <see cref="Base.Time.Duration"/> is written in seconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : Attribute
{
    /// <summary>How many decimals are accepted: 0 (whole seconds), 3 or 6.</summary>
    public int Decimals { get; set; }
}

/// <summary>A <see cref="Base.Time.Duration"/> is written in milliseconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MillisecondsAttribute : Attribute
{
    /// <summary>How many decimals are accepted: 0 or 3.</summary>
    public int Decimals { get; set; }
}

/// <summary>A string of at most so many bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxLengthAttribute(int bytes) : Attribute
{
    public int Bytes { get; } = bytes;
}

/// <summary>The string is the name of a network interface: 1 to 15 bytes, no slash, no blank, not "." or "..".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InterfaceNameAttribute : Attribute;

/// <summary>The address must be of this family.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FamilyAttribute(Base.Net.AddressFamily family) : Attribute
{
    public Base.Net.AddressFamily Family { get; } = family;
}

/// <summary>The value is never shown: not in a diagnostic, a log line or a dump.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>How the user writes a member of an enum; "" is what an optional keyword means that stands alone.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string word) : Attribute
{
    public string Word { get; } = word;
}

/// <summary>The address must be a multicast group.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MulticastAttribute : Attribute;

/// <summary>What the property becomes when its value is rejected, written as in the file; else it stays as it was.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FallbackAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}
