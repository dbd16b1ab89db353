using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>The socket on which an init system hears how its service is (sd_notify(3)): datagrams, which never wait.</summary>
/// <remarks>
/// An abstract name belongs to a network namespace: open this before entering another one. The address is looked up each time, so that
/// somebody who listens there anew is found.
/// </remarks>
public sealed unsafe class ServiceSocket : IDisposable
{
    /// <summary>The environment variable that names it. It is not for children.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    /// <summary>Those of how long it may hear nothing, and of which process (sd_watchdog_enabled(3)). They are not for children either.</summary>
    public const string WatchdogLimitVariable = "WATCHDOG_USEC";
    public const string WatchdogProcessVariable = "WATCHDOG_PID";

    private const int PathOffset = sizeof(ushort);

    private readonly string _name;
    private readonly int _descriptor;
    private readonly uint _length;
    private sockaddr_un _address;

    private ServiceSocket(string name, int descriptor, in sockaddr_un address, uint length)
    {
        _name = name;
        _descriptor = descriptor;
        _address = address;
        _length = length;
    }

    /// <param name="name">A path, or <c>@</c> and an abstract name.</param>
    /// <returns>Null: EAFNOSUPPORT for another kind of address, ENAMETOOLONG beyond 107 bytes, what socket(2) refuses.</returns>
    public static ServiceSocket? Open(string name, out OsError failure)
    {
        failure = name.StartsWith('/') || (name.StartsWith('@') && name.Length > 1) ? OsError.None : new OsError(Variable, name, Errno.EAFNOSUPPORT);
        sockaddr_un address = default;
        if (!failure.IsError)
            failure = LocalAddress.TryMake(name, out address, "sendto");
        if (failure.IsError)
            return null;
        int length = PathOffset + ByteText.Encode(name).Length;
        if (name[0] == '@')
            address.sun_path[0] = 0;
        int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor >= 0)
            return new ServiceSocket(name, descriptor, address, (uint)length);
        failure = OsError.Last("socket(AF_UNIX)");
        return null;
    }

    /// <summary>Tells the whole text, lines of <c>NAME=VALUE</c>, or nothing of it.</summary>
    /// <returns>EAGAIN while the other end has not read what was sent before; ENOENT or ECONNREFUSED when nobody is there.</returns>
    public OsError Send(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        fixed (sockaddr_un* address = &_address)
        {
            return sendto(_descriptor, start, text.Length, MSG_NOSIGNAL, (sockaddr*)address, _length) < 0 ? OsError.Last("sendto", _name) : OsError.None;
        }
    }

    public void Dispose() => close(_descriptor);
}
