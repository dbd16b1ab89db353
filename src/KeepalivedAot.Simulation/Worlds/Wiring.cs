using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Simulation.Worlds;

/// <summary>What configurations do not say of the networks that they are used on.</summary>
internal sealed class Wiring
{
    /// <summary>On which segment an interface (<c>m1:eth0</c>) is. Others are on the one that has their own name.</summary>
    public Dictionary<string, string> SegmentOf { get; } = [];

    /// <summary>With which files reloads come, by the host's name: what they name is there from the beginning.</summary>
    public List<(string Host, byte[] Content)> Reloads { get; } = [];

    /// <summary>Which addresses interfaces have of their own.</summary>
    public List<(string Port, IpAddress Address, byte PrefixLength)> Addresses { get; } = [];
}
