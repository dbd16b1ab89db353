namespace KeepalivedAot.Base;

/// <summary>
/// A small seeded generator (SplitMix64: Steele, Lea, Flood 2014): the same seed gives the same run, on every machine and in every release. Not for
/// secrets.
/// </summary>
public sealed class Prng(ulong seed)
{
    private ulong _state = seed;

    public ulong NextUInt64()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, but not including, <paramref name="bound"/>.</summary>
    public int Next(int bound)
    {
        Invariant.Require(bound > 0, "a bound is positive");
        return (int)(NextUInt64() % (ulong)bound);
    }
}
