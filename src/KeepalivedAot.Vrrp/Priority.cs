using System.Globalization;

namespace KeepalivedAot.Vrrp;

/// <summary>A VRRP priority (RFC 9568, 5.2.4): 1 to 254 can be configured, 0 and 255 mean something of their own.</summary>
public readonly record struct Priority(byte Value) : IComparable<Priority>, IUtf8SpanFormattable
{
    /// <summary>0: the Active Router stops and says so.</summary>
    public static readonly Priority Released = new(0);

    /// <summary>1: the lowest that still takes part in an election.</summary>
    public static readonly Priority Lowest = new(1);

    /// <summary>100: what a router has that was not given one.</summary>
    public static readonly Priority Default = new(100);

    /// <summary>254: the highest of a router that does not own the addresses.</summary>
    public static readonly Priority HighestBackup = new(254);

    /// <summary>255: the addresses are the router's own.</summary>
    public static readonly Priority Owner = new(255);

    public bool IsReleased => Value == 0;
    public bool IsOwner => Value == 255;

    public static bool operator <(Priority a, Priority b) => a.Value < b.Value;
    public static bool operator >(Priority a, Priority b) => a.Value > b.Value;
    public static bool operator <=(Priority a, Priority b) => a.Value <= b.Value;
    public static bool operator >=(Priority a, Priority b) => a.Value >= b.Value;

    /// <summary>What a total of base priority and adjustments comes to on the wire: 1 to 254.</summary>
    public static Priority Clamp(int total) => new((byte)Math.Clamp(total, Lowest.Value, HighestBackup.Value));

    public int CompareTo(Priority other) => Value.CompareTo(other.Value);

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
