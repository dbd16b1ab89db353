namespace KeepalivedAot.Base.Time;

/// <summary>A point in time that other machines understand: nanoseconds since 1970-01-01 00:00 UTC, leap seconds not counted.</summary>
/// <remarks>It may jump, forwards and back. Whoever measures how long something took uses <see cref="Instant"/>.</remarks>
public readonly record struct UnixTime(long Nanoseconds)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static UnixTime FromSeconds(long seconds) => new(checked(seconds * NanosecondsPerSecond));

    /// <summary>Whole seconds, cut.</summary>
    public long Seconds => Nanoseconds / NanosecondsPerSecond;

    /// <summary>What is left of a second, cut.</summary>
    public int Microseconds => (int)(Nanoseconds % NanosecondsPerSecond / 1000);

    /// <summary>What is left of a second, in units of 1/65536 s, cut.</summary>
    public ushort Fraction => (ushort)((Nanoseconds % NanosecondsPerSecond << 16) / NanosecondsPerSecond);

    public static UnixTime operator +(UnixTime at, Duration later) => new(checked(at.Nanoseconds + later.Nanoseconds));
}
