using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Tracking.Processes;

// Who tells us: the connector, or without it the ends of those that were found.
internal sealed partial class ProcessTrackers : IProcessEndObserver
{
    // Descriptors are not without end. What is beyond is noticed by the next search.
    private const int MostEnds = 256;

    private readonly Dictionary<int, ProcessEnd> _ends = [];
    private ProcessEvents? _events;
    private int _eventBuffer;
    private bool _isSubscribed;
    private bool _hasSaidRefused;

    void IProcessEndObserver.OnEnded(ProcessEnd process, Instant now)
    {
        _ends.Remove(process.Pid);
        process.Dispose();
        Drop(process.Pid, now);
    }

    // A subscription that is there stays, unless it is to have another buffer.
    private void Subscribe(GlobalDefsBlock globals)
    {
        int buffer = globals.ProcessMonitorBuffer > 0
            ? (int)Math.Min(globals.ProcessMonitorBuffer, int.MaxValue)
            : ProcessEvents.DefaultReceiveBufferBytes;
        if (_events is not null && buffer == _eventBuffer)
            return;
        Unsubscribe();
        _eventBuffer = buffer;
        OsError failure = ProcessEvents.Open(this, buffer, out _events);
        if (!failure.IsError)
            failure = OsError.Of("epoll_ctl", "process connector", _loop.Add(_events!.Fd, _events, SourceOrder.AfterInput));
        if (failure.IsError)
            SayRefused(failure);
    }

    private void Unsubscribe()
    {
        _isSubscribed = false;
        if (_events is null)
            return;
        _loop.Remove(_events.Fd);
        _events.Dispose();
        _events = null;
    }

    // Once in the life of the daemon: it will be no different after a reload.
    private void SayRefused(OsError failure)
    {
        if (!_hasSaidRefused)
        {
            _log.Write(
                LogLevel.Warning, EventIds.TrackedProcess,
                $"Failed to set process event listen - errno {(int)failure.Errno} - {new ErrnoText(failure.Errno)}: looking through /proc every second instead");
        }
        _hasSaidRefused = true;
    }

    // In a pid namespace of its own the kernel takes the request and says nothing at all.
    private void SayIfUnanswered()
    {
        if (!_isSubscribed && _events is not null)
            SayRefused(new OsError("recv", "process connector", Errno.ETIMEDOUT));
    }

    private void WatchEnds()
    {
        if (_isSubscribed)
            return;
        foreach (ProcessKind kind in _kinds)
        {
            foreach (int pid in kind.Running)
            {
                // One that has ended just now is found missing by the next search.
                if (_ends.Count < MostEnds && !_ends.ContainsKey(pid) && !ProcessEnd.Watch(pid, _loop, this, out ProcessEnd? end).IsError)
                    _ends.Add(pid, end!);
            }
        }
    }

    private void ForgetEnds()
    {
        foreach (ProcessEnd end in _ends.Values)
            end.Dispose();
        _ends.Clear();
    }
}
