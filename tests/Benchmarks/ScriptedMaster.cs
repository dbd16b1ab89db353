using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>An active router that only advertises, and falls silent between one packet and the next.</summary>
internal sealed class ScriptedMaster : IDisposable
{
    private readonly VrrpSender _sender;
    private readonly CraftedAdvert _advert;
    private readonly TimeSpan _interval;
    private readonly Thread _thread;
    private readonly Lock _sending = new();
    private bool _alive;
    private volatile bool _closing;

    public ScriptedMaster(VrrpSender sender, TimeSpan interval)
    {
        _sender = sender;
        _interval = interval;
        _advert = new CraftedAdvert { Priority = 200, Interval = (ushort)(interval.TotalMilliseconds / 10) };
        _thread = new Thread(Advertise) { IsBackground = true, Name = "scripted master" };
        _thread.Start();
    }

    public void Revive()
    {
        lock (_sending)
            _alive = true;
    }

    /// <summary>When this returns no further advert is sent.</summary>
    public void Die()
    {
        lock (_sending)
            _alive = false;
    }

    private void Advertise()
    {
        TimeSpan next = MonotonicClock.Now;
        while (!_closing)
        {
            lock (_sending)
            {
                if (_alive)
                    _sender.Send(_advert);
            }
            next += _interval;
            TimeSpan left = next - MonotonicClock.Now;
            if (left > TimeSpan.Zero)
                Thread.Sleep(left);
            else
                next = MonotonicClock.Now;
        }
    }

    public void Dispose()
    {
        _closing = true;
        _thread.Join();
    }
}
