using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Time;

/// <summary>Random numbers of a seed, the same on every machine and in every release: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Another one for a purpose of its own: how often it is asked changes nothing for anybody else.</summary>
    public static Chance For(ulong seed, string purpose)
    {
        // FNV-1a.
        ulong hash = 14695981039346656037;
        foreach (char c in purpose)
            hash = unchecked((hash ^ c) * 1099511628211);
        return new Chance(unchecked(seed * 0x9E3779B97F4A7C15) ^ hash);
    }

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(((UInt128)Next() * (uint)limit) >> 64);

    /// <param name="probability">0 to 1.</param>
    public bool Happens(double probability) => probability > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public Duration UpTo(Duration limit) => limit <= Duration.Zero ? Duration.Zero : Duration.FromNanoseconds((long)(((UInt128)Next() * (ulong)limit.Nanoseconds) >> 64));
}
