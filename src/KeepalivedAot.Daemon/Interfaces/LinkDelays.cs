using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Interfaces;

/// <summary><c>interface_up_down_delays</c>: a change of a link must last for a while before it counts.</summary>
/// <remarks>A change that is taken back within that time never was. Interfaces without a delay are believed at once.</remarks>
internal sealed class LinkDelays(TimerQueue timers, Func<Instant> now, Action<NetworkInterface> counts, Log log) : ILinkJudge, ITimerOwner
{
    private readonly List<Delay> _delays = [];

    /// <summary>From here on these delays; what is being waited for is decided anew.</summary>
    public void Adopt(IEnumerable<(NetworkInterface At, Duration Down, Duration Up)> delays)
    {
        foreach (Delay delay in _delays)
            timers.Unregister(delay.Timer);
        List<NetworkInterface> waiting = [.. _delays.Where(static d => d.At.LinkIsUp != d.At.CountsAsUp).Select(static d => d.At)];
        _delays.Clear();
        foreach ((NetworkInterface at, Duration down, Duration up) in delays)
            _delays.Add(new Delay(at, down, up, timers.Register(this, _delays.Count), at.Link.Flags));
        foreach (NetworkInterface at in waiting)
        {
            Judge(at, isAtOnce: false);
            if (at.LinkIsUp == at.CountsAsUp)
                counts(at);
        }
    }

    public void Judge(NetworkInterface at, bool isAtOnce)
    {
        int number = _delays.FindIndex(delay => ReferenceEquals(delay.At, at));
        if (number < 0)
        {
            at.CountsAsUp = at.LinkIsUp;
            return;
        }
        Delay known = _delays[number];
        Duration wait = at.LinkIsUp ? known.Up : known.Down;
        if (at.LinkIsUp == at.CountsAsUp || isAtOnce || wait == Duration.Zero)
        {
            if (timers.IsArmed(known.Timer))
            {
                timers.Disarm(known.Timer);
                log.Write(LogLevel.Detail, EventIds.LinkDelay, $"Delay timer for {at.Name} cancelled");
            }
            at.CountsAsUp = at.LinkIsUp;
            _delays[number] = known with { Flags = at.Link.Flags };
            return;
        }
        if (timers.IsArmed(known.Timer))
            return;
        log.Write(LogLevel.Detail, EventIds.LinkDelay,
            $"{at.Name}: Adding flags change from 0x{(uint)known.Flags:x} to 0x{(uint)at.Link.Flags:x} delay by {wait.WholeMicroseconds}");
        timers.Arm(known.Timer, now() + wait);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant at)
    {
        Delay over = _delays[name];
        over.At.CountsAsUp = over.At.LinkIsUp;
        _delays[name] = over with { Flags = over.At.Link.Flags };
        counts(over.At);
    }

    /// <param name="Flags">As they were when they counted last.</param>
    private readonly record struct Delay(NetworkInterface At, Duration Down, Duration Up, TimerHandle Timer, LinkFlags Flags);
}
