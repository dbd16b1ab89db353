using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary><c>keepalived.stats</c>: the counters of each instance (daemon.md, section 3).</summary>
internal static class StatisticsDump
{
    public static void Add(DumpText text, VrrpInstance instance)
    {
        VrrpCounters counted = instance.Router.Counters;
        text.Line($"VRRP Instance: {instance.Name}");
        text.Line("  Advertisements:"u8);
        Add(text, "    Received: "u8, counted.AdvertRcvd);
        Add(text, "    Sent: "u8, counted.AdvertSent);
        Add(text, "  Became master: "u8, counted.BecomeMaster);
        Add(text, "  Released master: "u8, counted.ReleaseMaster);
        text.Line("  Packet Errors:"u8);
        Add(text, "    Length: "u8, counted.PacketLenErr);
        Add(text, "    TTL: "u8, counted.IpTtlErr);
        Add(text, "    Invalid Type: "u8, counted.InvalidTypeRcvd);
        Add(text, "    Advertisement Interval: "u8, counted.AdvertIntervalErr);
        Add(text, "    Address List: "u8, counted.AddrListErr);
        text.Line("  Authentication Errors:"u8);
        Add(text, "    Invalid Type: "u8, counted.InvalidAuthtype);
        Add(text, "    Type Mismatch: "u8, counted.AuthtypeMismatch);
        Add(text, "    Failure: "u8, counted.AuthFailure);
        text.Line("  Authentication Extension Errors:"u8);
        Add(text, "    Missing: "u8, counted.AuthExtMissing);
        Add(text, "    Malformed: "u8, counted.AuthExtMalformed);
        Add(text, "    Unknown Key: "u8, counted.AuthExtUnknownKey);
        Add(text, "    Invalid HMAC: "u8, counted.AuthExtInvalidHmac);
        Add(text, "    Stale: "u8, counted.AuthExtStale);
        Add(text, "    Replay: "u8, counted.AuthExtReplay);
        text.Line("  Priority Zero:"u8);
        Add(text, "    Received: "u8, counted.PriZeroRcvd);
        Add(text, "    Sent: "u8, counted.PriZeroSent);
    }

    private static void Add(DumpText text, ReadOnlySpan<byte> name, ulong count)
    {
        text.Add(name);
        text.Add(count, null);
        text.Add("\n"u8);
    }
}
