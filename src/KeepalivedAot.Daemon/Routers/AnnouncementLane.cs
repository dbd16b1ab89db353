using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Interfaces;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>The announcements that wait for their turn on one interface, because they are to be spaced.</summary>
internal sealed class AnnouncementLane : ITimerOwner
{
    /// <summary>
    /// More than a burst of 255 addresses has. A spacing that is slower than the refresh would queue without end; what has been
    /// queued already says the same.
    /// </summary>
    private const int Capacity = 4096;

    private readonly Queue<(VrrpInstance Instance, IpAddress Address)> _queue = [];
    private readonly Announcer _announcer;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;
    private Instant _free;

    public AnnouncementLane(NetworkInterface at, Announcer announcer, TimerQueue timers)
    {
        Interface = at;
        _announcer = announcer;
        _timers = timers;
        _timer = timers.Register(this, 0);
    }

    public NetworkInterface Interface { get; }

    public void Queue(VrrpInstance instance, IpAddress address, Instant now)
    {
        if (_queue.Count == Capacity)
            return;
        _queue.Enqueue((instance, address));
        SendWhatMay(now);
    }

    public void Drop(VrrpInstance instance)
    {
        for (int left = _queue.Count; left > 0; left--)
        {
            (VrrpInstance Instance, IpAddress Address) entry = _queue.Dequeue();
            if (!ReferenceEquals(entry.Instance, instance))
                _queue.Enqueue(entry);
        }
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => SendWhatMay(now);

    private void SendWhatMay(Instant now)
    {
        while (_queue.Count > 0 && _free <= now)
        {
            IpAddress address = _queue.Dequeue().Address;
            _announcer.Send(Interface, address, now);
            _free = now + _announcer.IntervalOf(address);
        }
        if (_queue.Count > 0 && !_timers.IsArmed(_timer))
            _timers.Arm(_timer, _free);
    }
}
