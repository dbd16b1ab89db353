using System.Buffers.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Settings below /proc/sys, of the network namespace that the thread is in.</summary>
public static unsafe class Sysctl
{
    private const int PathBytes = 128;

    /// <summary>net.ipv6.conf.INTERFACE.forwarding: whether the host acts as a router there.</summary>
    public static Errno ReadIPv6Forwarding(KernelName interfaceName, out bool isForwarding)
    {
        Span<byte> path = stackalloc byte[PathBytes];
        Span<byte> name = stackalloc byte[KernelName.Size];
        interfaceName.CopyTo(name);
        int length = Append(path, 0, "/proc/sys/net/ipv6/conf/"u8);
        length = Append(path, length, name[..interfaceName.Length]);
        length = Append(path, length, "/forwarding"u8);
        Errno error = ReadInt(path[..length], out int value);
        isForwarding = value != 0;
        return error;
    }

    /// <summary>Reads a file that holds one decimal number.</summary>
    /// <param name="path">UTF-8, without a NUL.</param>
    /// <returns>EBADMSG when the file does not begin with a number.</returns>
    public static Errno ReadInt(ReadOnlySpan<byte> path, out int value)
    {
        value = 0;
        Invariant.Require(path.Length < PathBytes, "a path below /proc/sys is short");
        byte* terminated = stackalloc byte[PathBytes];
        path.CopyTo(new Span<byte>(terminated, PathBytes));
        terminated[path.Length] = 0;
        int descriptor = open(terminated, O_RDONLY | O_CLOEXEC, 0);
        if (descriptor < 0)
            return Libc.LastErrno;
        byte* text = stackalloc byte[32];
        long length = read(descriptor, text, 32);
        Errno error = length < 0 ? Libc.LastErrno : Errno.None;
        close(descriptor);
        if (error != Errno.None)
            return error;
        return Utf8Parser.TryParse(new ReadOnlySpan<byte>(text, (int)length), out value, out _) ? Errno.None : Errno.EBADMSG;
    }

    /// <summary>Writes one decimal number.</summary>
    /// <param name="path">UTF-8, without a NUL.</param>
    /// <returns>EROFS where a container sees /proc/sys read-only; EINVAL for a value that the setting does not take.</returns>
    public static Errno WriteInt(ReadOnlySpan<byte> path, int value)
    {
        Invariant.Require(path.Length < PathBytes, "a path below /proc/sys is short");
        byte* terminated = stackalloc byte[PathBytes];
        path.CopyTo(new Span<byte>(terminated, PathBytes));
        terminated[path.Length] = 0;
        int descriptor = open(terminated, O_WRONLY | O_CLOEXEC, 0);
        if (descriptor < 0)
            return Libc.LastErrno;
        byte* text = stackalloc byte[16];
        Utf8Formatter.TryFormat(value, new Span<byte>(text, 16), out int length);
        Errno error = write(descriptor, text, length) < 0 ? Libc.LastErrno : Errno.None;
        close(descriptor);
        return error;
    }

    private static int Append(Span<byte> path, int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(path[length..]);
        return length + part.Length;
    }
}
