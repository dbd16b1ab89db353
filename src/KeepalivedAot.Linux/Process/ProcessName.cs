using System.Text;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>The name that ps and pgrep show (comm), at most 15 bytes; a longer one is cut.</summary>
public static unsafe class ProcessName
{
    private const int Capacity = 16;

    /// <summary>That of the calling thread; on the main thread it is the process's.</summary>
    public static string Get()
    {
        byte* name = stackalloc byte[Capacity];
        return Libc.prctl(Libc.PR_GET_NAME, (nuint)name, 0, 0, 0) == 0
            ? Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))
            : string.Empty;
    }

    public static Errno Set(string name)
    {
        Span<byte> text = stackalloc byte[Capacity];
        text.Clear();
        Encoding.UTF8.TryGetBytes(name.AsSpan(0, Math.Min(name.Length, Capacity - 1)), text[..^1], out _);
        fixed (byte* native = text)
            return Libc.prctl(Libc.PR_SET_NAME, (nuint)native, 0, 0, 0) == 0 ? Errno.None : Libc.LastErrno;
    }
}
