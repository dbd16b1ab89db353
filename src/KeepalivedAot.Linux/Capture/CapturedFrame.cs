using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Capture;

/// <summary>One frame of a capture file, in the reader's buffer until the next one is read.</summary>
public readonly ref struct CapturedFrame
{
    /// <summary>Beginning with 1.</summary>
    public required long Number { get; init; }

    public required UnixTime Time { get; init; }

    /// <summary>What <see cref="Bytes"/> begins with.</summary>
    public required LinkType Link { get; init; }

    /// <summary>What was recorded of it.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Bytes that it had on the wire.</summary>
    public required long OriginalLength { get; init; }

    public bool IsCut => Bytes.Length < OriginalLength;
}

/// <summary>Link types of capture files that VRRP can be found in (tcpdump.org, "Link-layer header types").</summary>
public enum LinkType
{
    Null = 0,
    Ethernet = 1,
    RawOfBsd = 12,
    RawOfOpenBsd = 14,
    Raw = 101,
    Loop = 108,
    LinuxCooked = 113,
    IPv4 = 228,
    IPv6 = 229,
    LinuxCooked2 = 276,
}
