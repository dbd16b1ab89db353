using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>sockaddr_un.</summary>
internal static unsafe class LocalAddress
{
    /// <param name="call">What it is for.</param>
    /// <returns>ENAMETOOLONG beyond 107 bytes; ENOENT when it is empty.</returns>
    public static OsError TryMake(string path, out sockaddr_un address, string call = "bind")
    {
        address = default;
        address.sun_family = AF_UNIX;
        if (path.Length == 0 || path.Contains('\0'))
            return new OsError(call, path, Errno.ENOENT);
        fixed (byte* to = address.sun_path)
        {
            return ByteText.TryEncode(path, new Span<byte>(to, sockaddr_un.sun_path_length - 1), out _)
                ? OsError.None
                : new OsError(call, path, Errno.ENAMETOOLONG);
        }
    }

    /// <summary>A socket is there, and nobody listens on it any more.</summary>
    public static bool IsDead(string path)
    {
        if (!FileIdentity.OfPath(path).IsType(Libc.S_IFSOCK) || TryMake(path, out sockaddr_un address).IsError)
            return false;
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
            return false;
        bool isDead = connect(descriptor, (sockaddr*)&address, sizeof(sockaddr_un)) != 0 && Libc.LastErrno == Errno.ECONNREFUSED;
        close(descriptor);
        return isDead;
    }
}
