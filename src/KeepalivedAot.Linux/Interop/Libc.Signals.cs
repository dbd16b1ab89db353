#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Interop;

/// <summary>struct signalfd_siginfo (linux/signalfd.h): what a read of a signalfd gives; the part that we look at.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct signalfd_siginfo
{
    [FieldOffset(0)] public uint ssi_signo;
    [FieldOffset(8)] public int ssi_code;
    [FieldOffset(12)] public uint ssi_pid;
    [FieldOffset(16)] public uint ssi_uid;
    [FieldOffset(40)] public int ssi_status;
}

// Masks and signalfd (signal.h, sys/signalfd.h).
internal static unsafe partial class Libc
{
    public const int SIG_BLOCK = 0;
    public const int SIG_UNBLOCK = 1;
    public const int SIG_SETMASK = 2;
    public const int SFD_NONBLOCK = 0x800;
    public const int SFD_CLOEXEC = 0x80000;
    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;

    /// <summary>Returns the error and leaves errno alone. (Tmds.LibC takes it from libpthread.so.0, which is not linked statically.)</summary>
    [LibraryImport(Library)]
    public static partial int pthread_sigmask(int how, sigset_t* set, sigset_t* old);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int signalfd(int fd, sigset_t* mask, int flags);

    /// <summary>Sets SIG_DFL or SIG_IGN; never a handler of ours.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint signal(int number, nint disposition);
}
