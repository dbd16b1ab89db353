using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What an init system is told of the daemon (sd_notify(3)): that it runs, reloads, ends, in some words what it does, and that it does not hang.</summary>
/// <remarks>Without a socket nothing is told. Nothing depends on it: somebody who does not listen is said once in the log.</remarks>
internal sealed class ServiceReports : ITurnEnd, ITimerOwner, IDisposable
{
    private const int StatusTimer = 0;
    private const int RetryTimer = 1;

    // However much happens, it is told once in this time.
    private static readonly Duration StatusInterval = Duration.FromSeconds(1);

    // The other end reads what came before, and has many services.
    private static readonly Duration RetryInterval = Duration.FromMilliseconds(100);

    // What it has not read by then it never will.
    private const int MostWaiting = 16;

    private readonly ServiceSocket? _socket;
    private readonly EventLoop _loop;
    private readonly VrrpModule _vrrp;
    private readonly EventJournal _journal;
    private readonly Log _log;
    private readonly ServiceWatchdog _watchdog;
    private readonly TimerHandle _status;
    private readonly TimerHandle _retry;
    private readonly Queue<byte[]> _waiting = new();
    private string _told = "";
    private long _seen;
    private bool _isRefused;
    private bool _hasFailed;
    private bool _isStopping;

    /// <param name="socket">Null: nobody is told.</param>
    /// <param name="journal">Whatever changes a state is written there.</param>
    public ServiceReports(ServiceSocket? socket, EventLoop loop, VrrpModule vrrp, EventJournal journal, Log log)
    {
        _socket = socket;
        _loop = loop;
        _vrrp = vrrp;
        _journal = journal;
        _log = log;
        _status = loop.Timers.Register(this, StatusTimer);
        _retry = loop.Timers.Register(this, RetryTimer);
        _watchdog = new ServiceWatchdog(loop.Timers, WatchdogLimit(), socket is null ? null : () => socket.Send("WATCHDOG=1\n"u8));
    }

    /// <summary>That of the environment; null: there is none, or one that cannot be used.</summary>
    /// <remarks>Before another network namespace is entered.</remarks>
    public static ServiceSocket? OpenSocket(Log log)
    {
        if (Environment.GetEnvironmentVariable(ServiceSocket.Variable) is not { Length: > 0 } name)
            return null;
        ServiceSocket? socket = ServiceSocket.Open(name, out OsError failure);
        if (socket is null)
            log.Write(LogLevel.Warning, EventIds.ServiceReport, $"The init system is told nothing: {failure}");
        return socket;
    }

    /// <summary>The instances run.</summary>
    public void OnStarted()
    {
        SendReady();
        _watchdog.Start(_loop.Now);
    }

    public void OnReloading(Instant now)
    {
        if (_socket is not null)
            Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={now.Nanoseconds / 1000}\n"));
    }

    /// <summary>The reload is over.</summary>
    public void OnReloaded(bool isAccepted)
    {
        _isRefused = !isAccepted;
        SendReady();
    }

    public void OnStopping()
    {
        if (_socket is null)
            return;
        // What comes of that is no news.
        _isStopping = true;
        _watchdog.Stop();
        _loop.Timers.Disarm(_status);
        Send("STOPPING=1\n");
    }

    public void OnTurnEnd(Instant now)
    {
        if (_socket is null || _isStopping || _journal.Count == _seen || _loop.Timers.IsArmed(_status))
            return;
        _seen = _journal.Count;
        _loop.Timers.Arm(_status, now + StatusInterval);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (name == RetryTimer)
        {
            SendWaiting();
            return;
        }
        string status = Status();
        if (status != _told)
            Send($"STATUS={_told = status}\n");
    }

    public void Dispose()
    {
        _loop.Timers.Unregister(_status);
        _loop.Timers.Unregister(_retry);
        _watchdog.Dispose();
    }

    private static Duration? WatchdogLimit() => ServiceWatchdog.LimitOf(
        Environment.GetEnvironmentVariable(ServiceSocket.WatchdogLimitVariable),
        Environment.GetEnvironmentVariable(ServiceSocket.WatchdogProcessVariable),
        SystemInfo.ProcessId);

    private void SendReady()
    {
        if (_socket is not null)
            Send(string.Create(CultureInfo.InvariantCulture, $"READY=1\nMAINPID={SystemInfo.ProcessId}\nSTATUS={_told = Status()}\n"));
    }

    private string Status()
    {
        Span<int> counts = stackalloc int[4];
        counts.Clear();
        foreach (VrrpInstance instance in _vrrp.Instances)
            counts[(int)instance.Router.State]++;
        List<string> parts = [];
        foreach (VrrpState state in (ReadOnlySpan<VrrpState>)[VrrpState.Active, VrrpState.Backup, VrrpState.Fault, VrrpState.Initialize])
        {
            if (counts[(int)state] > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{counts[(int)state]} {StateName.Of(state)}"));
        }
        return $"{(parts.Count == 0 ? "no instances" : string.Join(", ", parts))}{(_isRefused ? "; the last reload was refused" : "")}";
    }

    private void Send(string text)
    {
        if (_waiting.Count == MostWaiting)
            _waiting.Dequeue();
        _waiting.Enqueue(Encoding.UTF8.GetBytes(text));
        SendWaiting();
    }

    private void SendWaiting()
    {
        while (_waiting.TryPeek(out byte[]? text))
        {
            OsError failure = _socket!.Send(text);
            if (failure.Errno == Errno.EAGAIN)
            {
                _loop.Timers.Arm(_retry, _loop.Now + RetryInterval);
                return;
            }
            if (failure.IsError && !_hasFailed)
                _log.Write(LogLevel.Warning, EventIds.ServiceReport, $"The init system is not told how the service is: {failure}");
            _hasFailed = failure.IsError;
            _waiting.Dequeue();
        }
    }
}
