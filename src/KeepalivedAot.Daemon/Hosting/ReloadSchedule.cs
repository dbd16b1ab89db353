using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary><c>reload_time_file</c>: a reload at the time that is written in a file, which is watched.</summary>
internal sealed class ReloadSchedule : IEventSource, IDirectoryObserver, ITimerOwner
{
    // A directory that is not there is looked for so often, and the clock on the wall, which may be set meanwhile, is looked at.
    private static readonly Duration LookAgain = Duration.FromSeconds(10);

    private readonly EventLoop _loop;
    private readonly Action _reload;
    private readonly Log _log;
    private readonly TimerHandle _timer;
    private DirectoryWatcher? _watcher;
    private string? _path;
    private bool _repeats;
    private bool _isWatched;
    private bool _hasComplained;
    private ReloadTime? _due;

    /// <param name="reload">What is done when it is time.</param>
    public ReloadSchedule(EventLoop loop, Action reload, Log log)
    {
        _loop = loop;
        _reload = reload;
        _log = log;
        _timer = loop.Timers.Register(this, 0);
    }

    /// <summary>From now on as this configuration has it. The same file stays watched, and what it says scheduled.</summary>
    public void Adopt(GlobalDefsBlock globals)
    {
        _repeats = globals.ReloadRepeat;
        if (globals.ReloadTimeFile == _path)
            return;
        Stop();
        if (globals.ReloadTimeFile is not { Length: > 0 } path)
            return;
        _path = path;
        Watch();
        Read();
    }

    public void Stop()
    {
        _loop.Timers.Disarm(_timer);
        _path = null;
        _due = null;
        _hasComplained = false;
        CloseWatcher();
    }

    DrainResult IEventSource.OnReadable(Instant now, int budget)
    {
        DrainResult result = _watcher!.OnReadable(now, budget);
        if (!_isWatched)
            CloseWatcher();
        Read();
        return result;
    }

    void IDirectoryObserver.OnDirectoryChanged(int watch)
    {
        // It is read when all has been heard.
    }

    void IDirectoryObserver.OnDirectoryLost(int watch)
    {
        if (_isWatched)
            _log.Write(LogLevel.Warning, EventIds.ReloadTime, $"Directory of reload timer file {_path} has disappeared; it is looked for again");
        _isWatched = false;
        _hasComplained = true;
    }

    void IDirectoryObserver.OnOverflow()
    {
        // As above.
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_due is { } due && LocalTime.UnixSeconds >= due.UnixSeconds)
        {
            Fire(due);
            return;
        }
        if (!_isWatched)
        {
            Watch();
            Read();
        }
        Arm();
    }

    private void Fire(ReloadTime due)
    {
        _due = null;
        bool stays = _repeats && !due.HasDate;
        OsError failure = stays ? OsError.None : FileSystem.Remove(_path!);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.ReloadTime, $"Cannot remove the file of reload_time_file: {failure}");
        if (stays)
            Read();
        _reload();
    }

    private void Read()
    {
        OsError failure = FileReader.TryReadStart(_path!, ReloadTime.LongestText, out byte[] content);
        if (failure.IsError && failure.Errno != Errno.ENOENT)
            _log.Write(LogLevel.Error, EventIds.ReloadTime, $"Cannot read the file of reload_time_file: {failure}");
        ReloadTime? former = _due;
        _due = failure.IsError || content.AsSpan().Trim(" \t\r\n"u8).IsEmpty ? null : Parse(content);
        if (former is null && _due is { } scheduled)
            _log.Write(LogLevel.Info, EventIds.ReloadTime, $"Scheduling reload for {scheduled.Format(LocalTime.OffsetSeconds)}");
        else if (former is { } cancelled && _due is null)
            _log.Write(LogLevel.Info, EventIds.ReloadTime, $"Cancelling reload scheduled for {cancelled.Format(LocalTime.OffsetSeconds)}");
        else if (former is { } old && _due is { } updated && old.UnixSeconds != updated.UnixSeconds)
            _log.Write(LogLevel.Info, EventIds.ReloadTime, $"Reload time updated from {old.Format(LocalTime.OffsetSeconds)} to {updated.Format(LocalTime.OffsetSeconds)}");
        Arm();
    }

    private ReloadTime? Parse(byte[] content)
    {
        long now = LocalTime.UnixSeconds;
        if (!ReloadTime.TryParse(content, now, LocalTime.OffsetSeconds, out ReloadTime time))
        {
            _log.Write(LogLevel.Warning, EventIds.ReloadTime, $"Invalid reload time in {_path} - ignoring; write HH:MM:SS or YYYY-MM-DD HH:MM:SS, with Z behind it for UTC");
            return null;
        }
        // Without a date it is never past.
        if (time.UnixSeconds >= now)
            return time;
        _log.Write(LogLevel.Warning, EventIds.ReloadTime, $"Reload time {time.Format(LocalTime.OffsetSeconds)} is in the past - ignoring");
        return null;
    }

    private void Arm()
    {
        if (_due is null && _isWatched)
        {
            _loop.Timers.Disarm(_timer);
            return;
        }
        Duration wait = LookAgain;
        if (_due is { } due)
        {
            Duration left = new(UnixTime.FromSeconds(due.UnixSeconds).Nanoseconds - WallClock.Now.Nanoseconds);
            wait = Duration.Max(Duration.Zero, left < wait ? left : wait);
        }
        _loop.Timers.Arm(_timer, _loop.Now + wait);
    }

    private void Watch()
    {
        OsError failure = OsError.None;
        if (_watcher is null)
        {
            failure = DirectoryWatcher.Open(this, out _watcher);
            if (!failure.IsError)
                failure = OsError.Of("epoll_ctl", "inotify", _loop.Add(_watcher!.Fd, this, SourceOrder.AfterInput));
        }
        if (!failure.IsError)
            failure = _watcher!.TryWatch(Path.GetDirectoryName(Path.GetFullPath(_path!)) ?? "/", out _);
        _isWatched = !failure.IsError;
        if (_isWatched)
        {
            _hasComplained = false;
            return;
        }
        CloseWatcher();
        if (!_hasComplained)
            _log.Write(LogLevel.Warning, EventIds.ReloadTime, $"Unable to monitor the directory of reload_time_file, it is tried again: {failure}");
        _hasComplained = true;
    }

    private void CloseWatcher()
    {
        _isWatched = false;
        if (_watcher is null)
            return;
        _loop.Remove(_watcher.Fd);
        _watcher.Dispose();
        _watcher = null;
    }
}
