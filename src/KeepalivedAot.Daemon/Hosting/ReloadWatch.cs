using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary><c>reload.watch</c>: a reload when a file of the configuration has changed, and nothing more has happened for a moment.</summary>
/// <remarks>
/// Directories are watched, so that a file that is replaced is noticed, and a directory whose content is swapped as a whole by a symbolic link,
/// as container runtimes do it. Whoever writes another file there causes a look at each file, and no reload.
/// </remarks>
internal sealed class ReloadWatch : IEventSource, IDirectoryObserver, ITimerOwner
{
    // Several files that are changed together become one reload.
    private static readonly Duration Quiet = Duration.FromSeconds(1);

    // Who writes all the time does not put it off for ever.
    private static readonly Duration Longest = Duration.FromSeconds(10);

    // What cannot be watched is looked at so often.
    private static readonly Duration LookAgain = Duration.FromSeconds(10);

    private readonly EventLoop _loop;
    private readonly SeenFiles _files;
    private readonly Action _reload;
    private readonly Log _log;
    private readonly TimerHandle _timer;
    private DirectoryWatcher? _watcher;
    private Instant? _firstChange;
    private bool _isWanted;
    private bool _isReading;
    private bool _hasComplained;

    /// <param name="files">What was read last.</param>
    /// <param name="reload">What is done when they have changed.</param>
    public ReloadWatch(EventLoop loop, SeenFiles files, Action reload, Log log)
    {
        _loop = loop;
        _files = files;
        _reload = reload;
        _log = log;
        _timer = loop.Timers.Register(this, 0);
    }

    /// <summary>The files are being read: what changes now is looked at when that is over.</summary>
    public void OnReading()
    {
        _isReading = true;
        _loop.Timers.Disarm(_timer);
        _files.Forget();
    }

    /// <summary>They have been read, whatever came of it.</summary>
    /// <param name="isWanted">Whether the running configuration wants them watched.</param>
    public void OnRead(bool isWanted)
    {
        _isReading = false;
        _isWanted = isWanted;
        _firstChange = null;
        if (!isWanted)
        {
            Stop();
            return;
        }
        CloseWatcher();
        Watch();
        // What changed between the reading and the watch.
        if (_files.HaveChanged())
            Expect();
    }

    public void Stop()
    {
        _isWanted = false;
        _loop.Timers.Disarm(_timer);
        CloseWatcher();
    }

    DrainResult IEventSource.OnReadable(Instant now, int budget) => _watcher!.OnReadable(now, budget);

    void IDirectoryObserver.OnDirectoryChanged(int watch) => Expect();

    // One that is replaced is found again when it is looked at.
    void IDirectoryObserver.OnDirectoryLost(int watch) => Expect();

    void IDirectoryObserver.OnOverflow() => Expect();

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        bool isLongEnough = _firstChange is { } first && now >= first + Longest;
        if (!isLongEnough && _files.HaveChangedSince(new UnixTime(WallClock.Now.Nanoseconds - Quiet.Nanoseconds)))
        {
            // Something else in the directory brought us here, in the middle of the writing.
            Expect();
            return;
        }
        _firstChange = null;
        if (_files.HaveChanged())
        {
            _log.Write(LogLevel.Info, EventIds.ReloadWatch, "Configuration files have changed"u8);
            _reload();
        }
        else
        {
            Watch();
        }
    }

    private void Expect()
    {
        if (_isReading || !_isWanted)
            return;
        Instant now = _loop.Now;
        Instant first = _firstChange ?? now;
        _firstChange = first;
        Instant end = first + Longest;
        _loop.Timers.Arm(_timer, now + Quiet < end ? now + Quiet : end);
    }

    private void Watch()
    {
        OsError failure = OsError.None;
        if (_watcher is null)
            failure = OpenWatcher();
        if (!failure.IsError)
        {
            foreach (string directory in _files.Directories())
            {
                OsError refusal = _watcher!.TryWatch(directory, out _);
                if (refusal.IsError)
                    failure = refusal;
            }
        }
        if (!failure.IsError)
        {
            _hasComplained = false;
            // A link that is made where nothing was is no event.
            if (_files.LackedAny)
                _loop.Timers.Arm(_timer, _loop.Now + LookAgain);
            return;
        }
        if (!_hasComplained)
            _log.Write(LogLevel.Warning, EventIds.ReloadWatch, $"Unable to monitor a directory of the configuration, its files are looked at every 10 seconds: {failure}");
        _hasComplained = true;
        _loop.Timers.Arm(_timer, _loop.Now + LookAgain);
    }

    private OsError OpenWatcher()
    {
        OsError failure = DirectoryWatcher.Open(this, out _watcher);
        if (failure.IsError)
            return failure;
        failure = OsError.Of("epoll_ctl", "inotify", _loop.Add(_watcher!.Fd, this, SourceOrder.AfterInput));
        if (!failure.IsError)
            return failure;
        _watcher.Dispose();
        _watcher = null;
        return failure;
    }

    private void CloseWatcher()
    {
        if (_watcher is null)
            return;
        _loop.Remove(_watcher.Fd);
        _watcher.Dispose();
        _watcher = null;
    }
}
