using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Tracking;
using KeepalivedAot.Tracking.Files;

namespace KeepalivedAot.Daemon.Tracking.Files;

/// <summary>All tracked files: their directories are watched, and whoever tracks a file is told the number in it.</summary>
/// <remarks>
/// When anything happens in a directory, all tracked files of it are read again: one may be a symbolic link whose target changed with
/// another name (as in a directory that a container runtime mounts). Several events of one wake-up cost one reading.
/// </remarks>
internal sealed class FileTrackers : IEventSource, IDirectoryObserver, ITimerOwner, IDisposable
{
    // How often a directory that is missing, or cannot be watched, is tried again.
    private static readonly Duration s_retryInterval = Duration.FromSeconds(1);

    private readonly EventLoop _loop;
    private readonly ITrackerSink _sink;
    private readonly Log _log;
    private readonly TimerHandle _retry;
    private TrackedFileState[] _files = [];
    private DirectoryWatcher? _watcher;

    public FileTrackers(EventLoop loop, ITrackerSink sink, Log log)
    {
        _loop = loop;
        _sink = sink;
        _log = log;
        _retry = loop.Timers.Register(this, 0);
    }

    /// <summary>Takes up the files of a configuration, before the instances that track them: at the start and at a reload.</summary>
    /// <param name="isStart">Files with <c>init_file</c> are made, which a reload does not do.</param>
    public void Track(IReadOnlyList<TrackFileBlock> blocks, bool isStart, Instant now)
    {
        StopWatching();
        _files = [.. blocks.Select(block => new TrackedFileState(block))];
        if (_files.Length == 0)
            return;
        OpenWatcher();
        foreach (TrackedFileState file in _files)
        {
            if (isStart && file.InitialContent is { } content)
                Create(file, content);
            // First the watch, then the reading: what is written in between is not missed.
            TryWatch(file);
            Read(file, now);
        }
        ArmRetry(now);
    }

    DrainResult IEventSource.OnReadable(Instant now, int budget)
    {
        DrainResult result = _watcher!.OnReadable(now, budget);
        foreach (TrackedFileState file in _files)
        {
            if (file.IsDirty)
                Read(file, now);
        }
        ArmRetry(now);
        return result;
    }

    void IDirectoryObserver.OnDirectoryChanged(int watch)
    {
        foreach (TrackedFileState file in _files)
            file.IsDirty |= file.Watch == watch;
    }

    void IDirectoryObserver.OnDirectoryLost(int watch)
    {
        foreach (TrackedFileState file in _files)
        {
            if (file.Watch != watch)
                continue;
            file.Watch = TrackedFileState.NoWatch;
            file.IsDirty = true;
        }
    }

    void IDirectoryObserver.OnOverflow()
    {
        foreach (TrackedFileState file in _files)
            file.IsDirty = true;
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_watcher is null)
            OpenWatcher();
        foreach (TrackedFileState file in _files)
        {
            if (file.Watch != TrackedFileState.NoWatch)
                continue;
            TryWatch(file);
            // Also without a watch: then the file is looked at once a second, which is better than never.
            Read(file, now);
        }
        ArmRetry(now);
    }

    public void Dispose()
    {
        StopWatching();
        _loop.Timers.Unregister(_retry);
    }

    private void Read(TrackedFileState file, Instant now)
    {
        file.IsDirty = false;
        OsError failure = FileReader.TryReadStart(file.Path, FileNumber.LongestText, out byte[] content);
        // What is not there is 0, without a word: init_file is for those who want it otherwise.
        if (failure.Errno == Errno.ENOENT)
            failure = OsError.None;
        Complain(file, failure);
        bool isBeyond = !FileNumber.TryParse(content, out int value);
        // Once: the file is read again whenever something happens in its directory.
        if (isBeyond && !file.IsBeyond)
            _log.Write(LogLevel.Warning, EventIds.TrackedFile, $"Track file {file.Id.Name} holds a number beyond 32 bits - ignoring it");
        file.IsBeyond = isBeyond;
        if (isBeyond)
            value = file.Value;
        file.Value = value;
        _sink.Report(file.Id, TrackerReading.OfNumber(value), now);
    }

    private void Create(TrackedFileState file, InitialContent content)
    {
        if (!content.Overwrites && !FileReader.TryReadStart(file.Path, 1, out _).IsError)
            return;
        Span<byte> text = stackalloc byte[16];
        content.Value.TryFormat(text, out int length);
        text[length++] = (byte)'\n';
        OsError failure = SmallFile.Write(file.Path, text[..length]);
        if (failure.IsError)
            _log.Write(LogLevel.Error, EventIds.TrackedFile, $"Track file {file.Id.Name} cannot be initialised: {failure}");
    }

    private void OpenWatcher()
    {
        OsError failure = DirectoryWatcher.Open(this, out _watcher);
        if (!failure.IsError)
            failure = OsError.Of("epoll_ctl", "inotify", _loop.Add(_watcher!.Fd, this, SourceOrder.AfterInput));
        if (!failure.IsError)
            return;
        _watcher?.Dispose();
        _watcher = null;
        foreach (TrackedFileState file in _files)
            Complain(file, failure);
    }

    private void TryWatch(TrackedFileState file)
    {
        if (_watcher is null)
            return;
        OsError failure = _watcher.TryWatch(file.Directory, out int watch);
        if (!failure.IsError)
            file.Watch = watch;
        else if (failure.Errno != file.Complaint)
            Complain(file, failure);
    }

    // Once for each reason, and again when it has been well in between.
    private void Complain(TrackedFileState file, OsError failure)
    {
        if (failure.IsError && failure.Errno != file.Complaint)
            _log.Write(LogLevel.Error, EventIds.TrackedFile, $"Track file {file.Id.Name}: {failure}");
        if (failure.IsError || file.Watch != TrackedFileState.NoWatch)
            file.Complaint = failure.Errno;
    }

    private void ArmRetry(Instant now)
    {
        if (Array.Exists(_files, file => file.Watch == TrackedFileState.NoWatch) && !_loop.Timers.IsArmed(_retry))
            _loop.Timers.Arm(_retry, now + s_retryInterval);
    }

    private void StopWatching()
    {
        _loop.Timers.Disarm(_retry);
        if (_watcher is null)
            return;
        _loop.Remove(_watcher.Fd);
        _watcher.Dispose();
        _watcher = null;
    }
}
