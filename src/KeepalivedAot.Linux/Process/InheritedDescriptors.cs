using System.Globalization;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Descriptors that whoever started us left open: they are not for the programs that we start.</summary>
internal static class InheritedDescriptors
{
    private const int FirstBeyondStandardStreams = 3;
    private const uint CLOSE_RANGE_CLOEXEC = 4;

    // What there is of them is there from the start, and ours are all close-on-exec.
    private static bool s_isDone;

    /// <summary>
    /// Has them closed by execve; the first time, and where the kernel does not know CLOSE_RANGE_CLOEXEC (before Linux 5.11), with which a child sees
    /// to it by itself.
    /// </summary>
    public static void KeepFromPrograms()
    {
        if (s_isDone)
            return;
        s_isDone = true;
        // Of no descriptor at all.
        if (Libc.syscall(SysNumber.close_range, unchecked((nint)uint.MaxValue), unchecked((nint)uint.MaxValue), (nint)CLOSE_RANGE_CLOEXEC, 0, 0, 0) == 0)
            return;
        if (DirectoryReader.TryRead("/proc/self/fd", out List<string> names).IsError)
            return;
        foreach (string name in names)
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) && descriptor >= FirstBeyondStandardStreams)
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
    }
}
