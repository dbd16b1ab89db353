using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What the loop, the allocator and the routers have done, for the tests and the benchmarks.</summary>
internal sealed class Measurements(EventLoop loop, DaemonParts parts, Log log)
{
    /// <summary>Set to 1, SIGUSR2 asks for them.</summary>
    private const string Variable = "KEEPALIVED_AOT_ALLOCATIONS";

    public bool AreWanted { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    public void Write()
    {
        log.Write(LogLevel.Info, EventIds.Measurements, $"allocated bytes: {GC.GetAllocatedBytesForCurrentThread()}");
        foreach (VrrpInstance instance in parts.Vrrp.Instances)
            instance.Router.Log.Write(LogLevel.Info, EventIds.Measurements, $"({instance.Name}) {Describe(instance.Router.Counters)}");
        log.Write(LogLevel.Info, EventIds.Measurements, $"put back because of reassert: {parts.Vrrp.ReassertedCount}");
        ScriptCost cost = parts.Scripts.Cost;
        log.Write(LogLevel.Info, EventIds.Measurements,
            $"script runs: {cost.Runs}, half of the last ones held the loop less than {cost.Median().WholeMicroseconds} us, the worst of all {cost.Longest.WholeMicroseconds} us");
        WakeupLateness late = loop.Lateness;
        log.Write(LogLevel.Info, EventIds.Measurements,
            $"wake-ups: {late.Count}, half of them less than {late.Quantile(500).WholeMicroseconds} us late, 99 % less than {late.Quantile(990).WholeMicroseconds} us, the latest {late.Max.WholeMicroseconds} us");
    }

    private static string Describe(VrrpCounters c)
        => $"received {c.AdvertRcvd}, sent {c.AdvertSent}, length {c.PacketLenErr}, ttl {c.IpTtlErr}, version {c.VersErr}, "
            + $"type {c.InvalidTypeRcvd}, checksum {c.ChkErr}, authentication {c.InvalidAuthtype + c.AuthtypeMismatch + c.AuthFailure}, "
            + $"trailer {c.AuthExtMissing + c.AuthExtMalformed + c.AuthExtUnknownKey + c.AuthExtInvalidHmac + c.AuthExtStale + c.AuthExtReplay}, "
            + $"interval {c.AdvertIntervalErr}, addresses {c.AddrListErr}, peer {c.NotAPeer}";
}
