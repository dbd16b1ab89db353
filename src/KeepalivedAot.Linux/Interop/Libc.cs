using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>The C library, called directly: what Tmds.LibC lacks. One partial file per topic (<c>Libc.Netlink.cs</c>, <c>Libc.Signals.cs</c> ...).</summary>
/// <remarks>
/// Everything here is blittable and keeps the kernel's names. <c>libc</c> is linked statically in the published
/// program (DirectPInvoke) and found by the loader under the JIT.
/// </remarks>
internal static partial class Libc
{
    private const string Library = "libc";

    /// <summary>errno of the last call that was declared with SetLastError, on this thread.</summary>
    public static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();
}
