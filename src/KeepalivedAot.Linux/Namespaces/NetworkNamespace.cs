using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Namespaces;

/// <summary>A network namespace that has a file: by its name, as ip-netns(8) gives it, or by the file's path.</summary>
public sealed unsafe class NetworkNamespace
{
    private const string NamedOnes = "/run/netns/";
    private const string NamedOnesOfOld = "/var/run/netns/";
    private const string OfThisThread = "/proc/thread-self/ns/net";
    private const string UserNamespaceOfThisThread = "/proc/thread-self/ns/user";

    // linux/proc_ns.h: PROC_USER_INIT_INO.
    private const ulong FirstUserNamespace = 0xEFFFFFFD;

    /// <param name="name">A path when it begins with a slash; else a name below /run/netns.</param>
    public NetworkNamespace(string name)
    {
        Path = name.StartsWith('/') ? name : NamedOnes + name;
        ReadOnlySpan<char> rest = Path;
        if (rest.StartsWith(NamedOnes))
            rest = rest[NamedOnes.Length..];
        else if (rest.StartsWith(NamedOnesOfOld))
            rest = rest[NamedOnesOfOld.Length..];
        FileName = rest.Trim('/').ToString().Replace('/', '-');
    }

    public string Path { get; }

    /// <summary>What files and directories can be named after it: its name, or its path with hyphens.</summary>
    public string FileName { get; }

    /// <summary>
    /// The process is in it from now on. To be called before anything is opened that belongs to a namespace: a socket stays where it was
    /// made. Children begin where this thread is.
    /// </summary>
    /// <remarks>The runtime's finalizer thread opens nothing, but would keep the former namespace alive.</remarks>
    /// <returns>ENOENT: there is no such file. EINVAL: it is none of a network namespace. EPERM: that needs CAP_SYS_ADMIN.</returns>
    public OsError Enter()
    {
        OsError failure = Open(out int descriptor);
        if (failure.IsError)
            return failure;
        failure = Set(descriptor);
        if (!failure.IsError)
            FinalizerThread.Run(() => failure = Set(descriptor));
        close(descriptor);
        return failure;
    }

    /// <summary>This thread is in it until the visit is over.</summary>
    public OsError Visit(out IDisposable? visit)
    {
        visit = null;
        OsError failure = Open(OfThisThread, out int home);
        if (failure.IsError)
            return failure;
        failure = Open(out int descriptor);
        if (!failure.IsError)
        {
            failure = Set(descriptor);
            close(descriptor);
        }
        if (failure.IsError)
            close(home);
        else
            visit = new Journey(home);
        return failure;
    }

    /// <summary>
    /// The network of this thread belongs to a user namespace outside of its own: its capabilities do not count there. False before Linux 4.9, which
    /// cannot be asked.
    /// </summary>
    /// <remarks>A kernel without user namespaces answers EPERM as well, and so may a filter of system calls: in the first one no network is others'.</remarks>
    public static bool IsOthers
    {
        get
        {
            if (FileStatus.TryReadTarget(UserNamespaceOfThisThread, out FileStatus user).IsError || user.Inode == FirstUserNamespace)
                return false;
            if (Open(OfThisThread, out int descriptor).IsError)
                return false;
            int owner = Libc.ioctl(descriptor, Libc.NS_GET_USERNS, null);
            bool isOthers = owner < 0 && Libc.LastErrno == Errno.EPERM;
            if (owner >= 0)
                close(owner);
            close(descriptor);
            return isOthers;
        }
    }

    /// <summary>Whether it could be entered, as far as its file tells.</summary>
    public OsError Look()
    {
        OsError failure = FileStatus.TryReadTarget(Path, out FileStatus status);
        // Other things may do something when they are opened. The kernel shows its namespaces as regular files.
        return failure.IsError || status.Type == FileType.Regular ? failure : new OsError("setns", Path, Errno.EINVAL);
    }

    private OsError Set(int descriptor) => Libc.setns(descriptor, Libc.CLONE_NEWNET) == 0 ? OsError.None : OsError.Last("setns", Path);

    private OsError Open(out int descriptor)
    {
        descriptor = -1;
        OsError failure = Look();
        return failure.IsError ? failure : Open(Path, out descriptor);
    }

    private static OsError Open(string path, out int descriptor)
    {
        descriptor = -1;
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (failure.IsError)
            return failure;
        descriptor = open(native, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
        return descriptor < 0 ? OsError.Last("open", path) : OsError.None;
    }

    private sealed class Journey(int home) : IDisposable
    {
        public void Dispose()
        {
            Base.Invariant.Require(Libc.setns(home, Libc.CLONE_NEWNET) == 0, "whoever could leave a namespace can return to it");
            close(home);
        }
    }
}
