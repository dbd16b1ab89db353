namespace KeepalivedAot.Base.Time;

/// <summary>A point on one monotonic clock, in nanoseconds since an epoch of that clock's own.</summary>
/// <remarks>Never compare instants of two clocks, and never show one to a user.</remarks>
public readonly record struct Instant(long Nanoseconds) : IComparable<Instant>
{
    public static readonly Instant MaxValue = new(long.MaxValue);

    public static Instant operator +(Instant at, Duration later) => new(checked(at.Nanoseconds + later.Nanoseconds));
    public static Instant operator -(Instant at, Duration earlier) => new(checked(at.Nanoseconds - earlier.Nanoseconds));
    public static Duration operator -(Instant later, Instant earlier) => new(checked(later.Nanoseconds - earlier.Nanoseconds));
    public static bool operator <(Instant a, Instant b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(Instant a, Instant b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(Instant a, Instant b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(Instant a, Instant b) => a.Nanoseconds >= b.Nanoseconds;

    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);
}
