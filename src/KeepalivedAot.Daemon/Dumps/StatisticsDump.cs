using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary><c>keepalived.stats</c>: the counters of each instance (daemon.md, section 3).</summary>
internal sealed class StatisticsDump(DumpText text, VrrpModule vrrp)
{
    private readonly List<(VrrpInstance Instance, VrrpCounters Written)> _written = [];

    /// <summary>It yields when one instance has been written.</summary>
    /// <param name="keeps">What is written is kept, for <see cref="Clear"/>.</param>
    public IEnumerable<bool> Write(bool keeps)
    {
        foreach (VrrpInstance instance in vrrp.Instances.ToArray())
        {
            Add(instance.Name, instance.Router.Counters);
            if (keeps)
                _written.Add((instance, instance.Router.Counters.Copy()));
            yield return true;
        }
    }

    /// <summary>Takes off what is in the file. What was counted while it was written is in the next one.</summary>
    public void Clear()
    {
        foreach ((VrrpInstance instance, VrrpCounters written) in _written)
            instance.Router.Counters.Subtract(written);
    }

    private void Add(string name, VrrpCounters counted)
    {
        text.Line($"VRRP Instance: {name}");
        text.Line("  Advertisements:"u8);
        Add("    Received: "u8, counted.AdvertRcvd);
        Add("    Sent: "u8, counted.AdvertSent);
        Add("  Became master: "u8, counted.BecomeMaster);
        Add("  Released master: "u8, counted.ReleaseMaster);
        text.Line("  Packet Errors:"u8);
        Add("    Length: "u8, counted.PacketLenErr);
        Add("    TTL: "u8, counted.IpTtlErr);
        Add("    Invalid Type: "u8, counted.InvalidTypeRcvd);
        Add("    Advertisement Interval: "u8, counted.AdvertIntervalErr);
        Add("    Address List: "u8, counted.AddrListErr);
        text.Line("  Authentication Errors:"u8);
        Add("    Invalid Type: "u8, counted.InvalidAuthtype);
        Add("    Type Mismatch: "u8, counted.AuthtypeMismatch);
        Add("    Failure: "u8, counted.AuthFailure);
        text.Line("  Authentication Extension Errors:"u8);
        Add("    Missing: "u8, counted.AuthExtMissing);
        Add("    Malformed: "u8, counted.AuthExtMalformed);
        Add("    Unknown Key: "u8, counted.AuthExtUnknownKey);
        Add("    Invalid HMAC: "u8, counted.AuthExtInvalidHmac);
        Add("    Stale: "u8, counted.AuthExtStale);
        Add("    Replay: "u8, counted.AuthExtReplay);
        text.Line("  Priority Zero:"u8);
        Add("    Received: "u8, counted.PriZeroRcvd);
        Add("    Sent: "u8, counted.PriZeroSent);
    }

    private void Add(ReadOnlySpan<byte> name, ulong count)
    {
        text.Add(name);
        text.Add(count, null);
        text.Add("\n"u8);
    }
}
