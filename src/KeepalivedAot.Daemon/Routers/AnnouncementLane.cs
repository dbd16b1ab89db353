using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Interfaces;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>
/// The announcements of one kind, ARP or neighbour advertisements, that wait for their turn on one interface or a group of
/// interfaces, because they are to be spaced.
/// </summary>
internal sealed class AnnouncementLane : ITimerOwner
{
    /// <summary>
    /// More than a burst of 255 addresses has. A spacing that is slower than the refresh would queue without end; what has been
    /// queued already says the same.
    /// </summary>
    private const int Capacity = 4096;

    private readonly Queue<Entry> _queue = [];
    private readonly Duration _interval;
    private readonly Announcer _announcer;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;
    private Instant _free;

    /// <param name="interval">The least time between two of them, above zero.</param>
    public AnnouncementLane(Duration interval, Announcer announcer, TimerQueue timers)
    {
        _interval = interval;
        _announcer = announcer;
        _timers = timers;
        _timer = timers.Register(this, 0);
    }

    public void Queue(VrrpInstance instance, NetworkInterface at, IpAddress address, Instant now)
    {
        if (_queue.Count == Capacity)
            return;
        _queue.Enqueue(new Entry(instance, at, address));
        SendWhatMay(now);
    }

    public void Drop(VrrpInstance instance)
    {
        for (int left = _queue.Count; left > 0; left--)
        {
            Entry entry = _queue.Dequeue();
            if (!ReferenceEquals(entry.Instance, instance))
                _queue.Enqueue(entry);
        }
    }

    /// <summary>Ends the lane; what waits in it goes where the announcer would put it now.</summary>
    public void Retire(Instant now)
    {
        _timers.Unregister(_timer);
        while (_queue.TryDequeue(out Entry entry))
            _announcer.SendOrQueue(entry.Instance, entry.At, entry.Address, now);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => SendWhatMay(now);

    private void SendWhatMay(Instant now)
    {
        while (_queue.Count > 0 && _free <= now)
        {
            Entry entry = _queue.Dequeue();
            _announcer.Send(entry.At, entry.Address, now);
            _free = now + _interval;
        }
        if (_queue.Count > 0 && !_timers.IsArmed(_timer))
            _timers.Arm(_timer, _free);
    }

    private readonly record struct Entry(VrrpInstance Instance, NetworkInterface At, IpAddress Address);
}
