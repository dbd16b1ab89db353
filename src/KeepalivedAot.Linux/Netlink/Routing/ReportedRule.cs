using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>What of a rule the kernel reports that tells it from others.</summary>
public readonly record struct ReportedRule
{
    public AddressFamily Family { get; init; }

    public uint Priority { get; init; }

    public byte Action { get; init; }

    public IpAddress From { get; init; }

    public byte FromLength { get; init; }

    public IpAddress To { get; init; }

    public byte ToLength { get; init; }

    public uint Table { get; init; }

    /// <summary>RTPROT_* of who made it; 0 when the kernel does not tell (before Linux 4.17).</summary>
    public byte Protocol { get; init; }

    public bool Is(KernelRule rule)
        => Family == rule.Family && Priority == rule.Priority && Action == rule.Action && Table == rule.Table
            && FromLength == rule.FromLength && ToLength == rule.ToLength
            && (FromLength == 0 || From == rule.From) && (ToLength == 0 || To == rule.To);
}
