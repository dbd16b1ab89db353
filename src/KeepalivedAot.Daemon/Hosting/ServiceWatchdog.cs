using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Tells an init system again and again that the loop turns (sd_watchdog_enabled(3)); when it hears nothing for the limit, it starts the daemon anew.</summary>
/// <remarks>The loop's own timer tells it, so that nobody tells it of a daemon that hangs.</remarks>
internal sealed class ServiceWatchdog : ITimerOwner, IDisposable
{
    // A limit of some microseconds is a mistake, and no reason to do nothing else.
    private static readonly Duration ShortestInterval = Duration.FromMilliseconds(1);

    // The other end has not read what came before.
    private static readonly Duration RetryInterval = Duration.FromMilliseconds(100);

    private readonly TimerQueue _timers;
    private readonly Func<OsError>? _tell;
    private readonly Duration _interval;
    private readonly TimerHandle _timer;

    /// <param name="limit">Null: nobody waits.</param>
    /// <param name="tell">Sends the message; null: there is nobody to send it to.</param>
    public ServiceWatchdog(TimerQueue timers, Duration? limit, Func<OsError>? tell)
    {
        _timers = timers;
        _tell = limit is null ? null : tell;
        // Half of it, as sd_watchdog_enabled(3) recommends.
        _interval = Duration.Max((limit ?? Duration.Zero) / 2, ShortestInterval);
        _timer = timers.Register(this, 0);
    }

    /// <summary>What the values of <see cref="ServiceSocket.WatchdogLimitVariable"/> and <see cref="ServiceSocket.WatchdogProcessVariable"/> say.</summary>
    /// <returns>Null: nothing, nothing that makes sense, or something that another process is meant by.</returns>
    public static Duration? LimitOf(string? microseconds, string? process, int ourProcess)
    {
        if (!string.IsNullOrEmpty(process) && process != ourProcess.ToString(CultureInfo.InvariantCulture))
            return null;
        // What is longer than three centuries is as good as none.
        bool isTime = long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) && limit is > 0 and < long.MaxValue / 1000;
        return isTime ? Duration.FromMicroseconds(limit) : null;
    }

    /// <summary>From the message on that the daemon is ready.</summary>
    public void Start(Instant now)
    {
        if (_tell is not null)
            _timers.Arm(_timer, now + _interval);
    }

    /// <summary>An init system does not wait for a daemon that ends.</summary>
    public void Stop() => _timers.Disarm(_timer);

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_tell!().Errno == Errno.EAGAIN)
            _timers.Arm(_timer, now + Duration.Min(_interval, RetryInterval));
        else
            _timers.Arm(_timer, deadline + _interval > now ? deadline + _interval : now + _interval);
    }

    public void Dispose() => _timers.Unregister(_timer);
}
