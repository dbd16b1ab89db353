using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Namespaces;

/// <summary>A mount namespace of the process's own: what is mounted here nobody else sees, while mounts of the host still arrive.</summary>
public static unsafe class MountNamespace
{
    private const string OfThisThread = "/proc/thread-self/ns/mnt";

    /// <summary>Leaves the namespace that the process was started in. The working directory of this thread stays.</summary>
    /// <remarks>
    /// unshare(2) gives the calling thread a root and a working directory of its own, which the kernel demands. Then the finalizer
    /// thread is alone with those of before, and can follow; if it stayed, nothing that it looks at could be unmounted on the host.
    /// </remarks>
    public static OsError Leave()
    {
        if (Libc.unshare(Libc.CLONE_NEWNS) != 0)
            return OsError.Last("unshare(CLONE_NEWNS)");
        OsError failure = Mount("/", "/", Libc.MS_REC | Libc.MS_SLAVE);
        if (failure.IsError)
            return failure;
        fixed (byte* own = "/proc/thread-self/ns/mnt\0"u8)
        {
            int descriptor = open(own, O_RDONLY | O_CLOEXEC, 0);
            if (descriptor < 0)
                return OsError.Last("open", OfThisThread);
            FinalizerThread.Run(() =>
            {
                if (Libc.setns(descriptor, Libc.CLONE_NEWNS) != 0)
                    failure = OsError.Last("setns", OfThisThread);
            });
            close(descriptor);
        }
        return failure;
    }

    /// <summary>Shows a directory in the place of another one.</summary>
    public static OsError Bind(string directory, string over) => Mount(directory, over, Libc.MS_BIND);

    /// <summary>Ends that; whoever is still inside may finish.</summary>
    public static OsError Unmount(string path)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("umount", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (!failure.IsError && Libc.umount2(native, Libc.MNT_DETACH) != 0)
            failure = OsError.Last("umount", path);
        return failure;
    }

    private static OsError Mount(string source, string target, nuint flags)
    {
        byte* from = stackalloc byte[NativePath.Capacity];
        byte* to = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("mount", source, NativePath.Encode(source, new Span<byte>(from, NativePath.Capacity)));
        if (!failure.IsError)
            failure = OsError.Of("mount", target, NativePath.Encode(target, new Span<byte>(to, NativePath.Capacity)));
        if (!failure.IsError && Libc.mount(from, to, null, flags, null) != 0)
            failure = OsError.Last("mount", target);
        return failure;
    }
}
