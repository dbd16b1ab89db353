using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;

namespace KeepalivedAot.Daemon.Interfaces;

/// <summary><c>linkbeat_use_polling</c> and <c>linkbeat_interfaces</c>: drivers that do not report their links are asked once a second.</summary>
/// <remarks>
/// What they answer takes the place of the kernel's word about the carrier. An interface that nobody can be asked about is left to the kernel's
/// reports, and that is said once.
/// </remarks>
internal sealed class Linkbeat : ITimerOwner
{
    private static readonly Duration Interval = Duration.FromSeconds(1);

    private readonly IVrrpWorld _world;
    private readonly ILinkJudge _judge;
    private readonly Action<NetworkInterface> _counts;
    private readonly Log _log;
    private readonly TimerHandle _timer;
    private readonly List<Polled> _polled = [];

    /// <param name="counts">Told when an interface counts as up or down now.</param>
    public Linkbeat(IVrrpWorld world, ILinkJudge judge, Action<NetworkInterface> counts, Log log)
    {
        _world = world;
        _judge = judge;
        _counts = counts;
        _log = log;
        _timer = world.Timers.Register(this, 0);
    }

    /// <summary>From here on these interfaces. They are asked at once.</summary>
    /// <param name="wanted">With the method to ask by; null = what the driver knows.</param>
    public void Adopt(IEnumerable<(NetworkInterface At, LinkProbeMethod? Method)> wanted, Instant now)
    {
        List<NetworkInterface> former = [.. _polled.Select(static polled => polled.At)];
        _polled.Clear();
        foreach ((NetworkInterface at, LinkProbeMethod? method) in wanted)
            _polled.Add(new Polled(at, method));
        foreach (NetworkInterface at in former.Where(at => !_polled.Exists(polled => ReferenceEquals(polled.At, at))))
            Set(at, null);
        if (_polled.Count == 0)
        {
            _world.Timers.Disarm(_timer);
            return;
        }
        if (former.Count == 0)
            _log.Write(LogLevel.Info, EventIds.Linkbeat, "Using MII-BMSR/ETHTOOL NIC polling thread(s)..."u8);
        PollAll();
        if (!_world.Timers.IsArmed(_timer))
            _world.Timers.Arm(_timer, now + Interval);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        PollAll();
        Instant next = deadline + Interval;
        _world.Timers.Arm(_timer, next > now ? next : now + Interval);
    }

    private void PollAll()
    {
        foreach (ref Polled polled in CollectionsMarshal.AsSpan(_polled))
        {
            if (polled.At.Exists)
                Poll(ref polled);
        }
    }

    private void Poll(ref Polled polled)
    {
        bool isUp;
        if (polled.Found is { } found)
        {
            Errno error = _world.ProbeLink(polled.At.KernelName, found, out isUp);
            // It went away between its notification and now, or the driver thinks otherwise today.
            if (error == Errno.None)
                Set(polled.At, isUp);
            else
                polled = polled with { Found = null };
            return;
        }
        Errno refusal = Errno.None;
        for (LinkProbeMethod method = LinkProbeMethod.Mii; method <= LinkProbeMethod.Flags; method++)
        {
            if (polled.Wanted is { } wanted && method != wanted)
                continue;
            refusal = _world.ProbeLink(polled.At.KernelName, method, out isUp);
            if (refusal != Errno.None)
                continue;
            polled = polled with { Found = method, HasComplained = false };
            Set(polled.At, isUp);
            return;
        }
        if (!polled.HasComplained)
            _log.Write(LogLevel.Warning, EventIds.Linkbeat,
                $"Linkbeat: {polled.At.Name} cannot be asked for its link ({new ErrnoText(refusal)}) - relying on what the kernel reports");
        polled = polled with { HasComplained = true };
        Set(polled.At, null);
    }

    private void Set(NetworkInterface at, bool? beat)
    {
        if (at.Beat == beat)
            return;
        bool before = at.IsUp;
        at.Beat = beat;
        _judge.Judge(at, isAtOnce: false);
        if (at.IsUp == before)
            return;
        if (beat is bool isUp)
            _log.Write(LogLevel.Info, EventIds.Linkbeat, $"Linkbeat reports {at.Name} {(isUp ? "up" : "down")}");
        _counts(at);
    }

    /// <param name="Wanted">By what the configuration wants it to be asked; null = by what the driver knows.</param>
    /// <param name="Found">By what it answered last.</param>
    private readonly record struct Polled(NetworkInterface At, LinkProbeMethod? Wanted, LinkProbeMethod? Found = null, bool HasComplained = false);
}
