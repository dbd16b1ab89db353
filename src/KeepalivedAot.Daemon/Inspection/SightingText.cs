using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>What was seen of packets, for people.</summary>
internal static class SightingText
{
    public static string Interval(Duration interval) => interval.WholeMilliseconds % 1000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{interval.WholeSeconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{interval.WholeMilliseconds} ms");

    public static string Priority(byte priority) => priority switch
    {
        0 => "0 (the master gives its role up)",
        255 => "255 (owner of the addresses)",
        _ => priority.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>One word.</summary>
    public static string NameOf(SeenAuthentication authentication) => authentication switch
    {
        SeenAuthentication.None => "none",
        SeenAuthentication.Password => "PASS",
        SeenAuthentication.Header => "AH",
        SeenAuthentication.Trailer => "HMAC",
        _ => "unknown",
    };

    public static string Authentication(Sighting seen, in Judgement judgement)
    {
        string verified = judgement.IsVerified ? $"right by the key of {judgement.Instance}"
            : judgement.Instance is null ? "not verified: --conf FILE has the key" : "not verified";
        return seen.Authentication switch
        {
            SeenAuthentication.None => "none: whoever is on this network can take part",
            SeenAuthentication.Password => "PASS: the password is in the packet, readable for everybody on this network"
                + (judgement is { Instance: { } name, Fault: VrrpFault.None or > VrrpFault.Password } ? $"; it is that of {name}" : ""),
            SeenAuthentication.Header => string.Create(CultureInfo.InvariantCulture, $"AH (HMAC-MD5-96), sequence number {seen.Sequence}; {verified}"),
            SeenAuthentication.Trailer => string.Create(CultureInfo.InvariantCulture,
                $"auth_hmac (HMAC-SHA256), key {seen.Key}, made {UnixTimeText(seen.Stamp)}; {verified}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"type {seen.AuthenticationType}, which does not exist"),
        };
    }

    /// <summary>Stable names.</summary>
    public static string NameOf(ChecksumOrigin origin) => origin switch
    {
        ChecksumOrigin.Standard => "standard",
        ChecksumOrigin.MessageOnly => "message-only",
        ChecksumOrigin.PseudoHeader => "pseudo-header",
        ChecksumOrigin.MulticastGroup => "multicast-group",
        ChecksumOrigin.OtherCoverage => "other-coverage",
        ChecksumOrigin.Empty => "empty",
        _ => "unknown",
    };

    public static string Checksum(ChecksumFinding checksum) => string.Create(CultureInfo.InvariantCulture, $"0x{checksum.Found:x4} ") + checksum.Origin switch
    {
        ChecksumOrigin.Standard => "right",
        ChecksumOrigin.MessageOnly => Wrong(checksum, "made without the pseudo header: v3_checksum_as_v2 accepts it"),
        ChecksumOrigin.PseudoHeader => Wrong(checksum, "made with a pseudo header, which VRRPv2 has none of"),
        ChecksumOrigin.MulticastGroup => Wrong(checksum, "made with the multicast group as destination: keepalived before 1.3.6, old_unicast_checksum"),
        ChecksumOrigin.OtherCoverage => Wrong(checksum, "made with the auth_hmac trailer where that is left out, or the other way round"),
        ChecksumOrigin.Empty => Wrong(checksum, "never filled in, or filled in behind the place of recording (offloading)"),
        _ => Wrong(checksum, "made in no known way: the packet was changed"),
    };

    private static string Wrong(ChecksumFinding checksum, string why)
        => string.Create(CultureInfo.InvariantCulture, $"wrong, 0x{checksum.Expected:x4} expected; {why}");

    private static string UnixTimeText(uint seconds)
        => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
