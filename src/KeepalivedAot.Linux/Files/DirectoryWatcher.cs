using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>Directories whose files are watched (inotify). Allocates nothing once all are watched.</summary>
/// <remarks>
/// The directory is watched and not the file, so that one that is replaced by a rename, or is not there yet, is noticed. File systems
/// that others change behind the kernel's back (NFS, some FUSE ones, /proc) report nothing.
/// </remarks>
public sealed unsafe class DirectoryWatcher : IEventSource, IDisposable
{
    private const uint Changes = Libc.IN_CLOSE_WRITE | Libc.IN_MOVED_FROM | Libc.IN_MOVED_TO | Libc.IN_DELETE;

    // Of a file its writer tells, when he has closed it; nobody closes a directory.
    private const uint MadeDirectory = Libc.IN_CREATE | Libc.IN_ISDIR;

    private const uint Losses = Libc.IN_DELETE_SELF | Libc.IN_MOVE_SELF | Libc.IN_IGNORED;

    // At least sizeof(struct inotify_event) + NAME_MAX + 1.
    private const int BufferLength = 4096;

    private readonly IDirectoryObserver _observer;

    private DirectoryWatcher(int fd, IDirectoryObserver observer)
    {
        Fd = fd;
        _observer = observer;
    }

    /// <summary>Add it to the loop as <see cref="SourceOrder.AfterInput"/>.</summary>
    public int Fd { get; }

    /// <returns>EMFILE when the user's limit of inotify instances is reached (fs.inotify.max_user_instances).</returns>
    public static OsError Open(IDirectoryObserver observer, out DirectoryWatcher? watcher)
    {
        int fd = Libc.inotify_init1(Libc.IN_NONBLOCK | Libc.IN_CLOEXEC);
        watcher = fd < 0 ? null : new DirectoryWatcher(fd, observer);
        return fd < 0 ? OsError.Last("inotify_init1") : OsError.None;
    }

    /// <summary>Watches a directory; one that is watched already keeps its number.</summary>
    /// <param name="watch">Names the directory in what is reported.</param>
    /// <returns>ENOENT, ENOTDIR, EACCES; ENOSPC when the user's limit is reached (fs.inotify.max_user_watches).</returns>
    public OsError TryWatch(string directory, out int watch)
    {
        watch = -1;
        byte* native = stackalloc byte[NativePath.Capacity];
        Errno errno = NativePath.Encode(directory, new Span<byte>(native, NativePath.Capacity));
        if (errno == Errno.None)
        {
            watch = Libc.inotify_add_watch(Fd, native, Changes | Libc.IN_CREATE | Libc.IN_DELETE_SELF | Libc.IN_MOVE_SELF | Libc.IN_ONLYDIR);
            if (watch < 0)
                errno = Libc.LastErrno;
        }
        return OsError.Of("inotify_add_watch", directory, errno);
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        byte* buffer = stackalloc byte[BufferLength];
        long length = read(Fd, buffer, BufferLength);
        // EAGAIN, or a signal: nothing was read, and the loop comes again when there is something.
        if (length <= 0)
            return DrainResult.Empty(0);
        int taken = 0;
        for (long at = 0; at + sizeof(inotify_event) <= length; taken++)
        {
            inotify_event* e = (inotify_event*)(buffer + at);
            at += sizeof(inotify_event) + e->len;
            Report(e->wd, e->mask);
        }
        return DrainResult.More(taken);
    }

    public void Dispose() => close(Fd);

    private void Report(int watch, uint mask)
    {
        if ((mask & Libc.IN_Q_OVERFLOW) != 0)
            _observer.OnOverflow();
        else if ((mask & Losses) != 0)
            Lose(watch, mask);
        else if ((mask & Changes) != 0 || (mask & MadeDirectory) == MadeDirectory)
            _observer.OnDirectoryChanged(watch);
    }

    private void Lose(int watch, uint mask)
    {
        // A directory that moved is still watched, under a name that nobody asked for. IN_IGNORED follows and is the one that is reported.
        if ((mask & Libc.IN_MOVE_SELF) != 0)
            Libc.inotify_rm_watch(Fd, watch);
        if ((mask & Libc.IN_IGNORED) != 0)
            _observer.OnDirectoryLost(watch);
    }
}
