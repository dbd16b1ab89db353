using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Time;

/// <summary>Random numbers of a seed, the same on every machine and in every release.</summary>
internal sealed class Chance(ulong seed)
{
    private readonly Prng _numbers = new(seed);

    /// <summary>Another one for a purpose of its own: how often it is asked changes nothing for anybody else.</summary>
    public static Chance For(ulong seed, string purpose)
    {
        Fnv1a hash = new();
        hash.Add(purpose);
        return new Chance(unchecked(seed * 0x9E3779B97F4A7C15) ^ hash.Value);
    }

    public ulong Next() => _numbers.NextUInt64();

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(((UInt128)Next() * (uint)limit) >> 64);

    /// <param name="probability">0 to 1.</param>
    public bool Happens(double probability) => probability > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public Duration UpTo(Duration limit) => limit <= Duration.Zero ? Duration.Zero : Duration.FromNanoseconds((long)(((UInt128)Next() * (ulong)limit.Nanoseconds) >> 64));
}
