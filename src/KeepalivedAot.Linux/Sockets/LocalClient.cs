using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>A program's connection to a daemon on this host. It waits, so it is nothing for the loop.</summary>
public sealed unsafe class LocalClient : IDisposable
{
    private const int BufferLength = 16 << 10;

    private readonly string _path;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _descriptor;
    private int _start;
    private int _end;

    private LocalClient(int descriptor, string path)
    {
        _descriptor = descriptor;
        _path = path;
    }

    /// <param name="patience">How long each answer may take; zero: for ever.</param>
    /// <returns>Null: ENOENT or ECONNREFUSED when nobody listens there, EACCES for who may not, EAGAIN when too many wait already.</returns>
    public static LocalClient? Connect(string path, Duration patience, out OsError failure)
    {
        failure = LocalAddress.TryMake(path, out sockaddr_un address, "connect");
        if (failure.IsError)
            return null;
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0)
        {
            failure = OsError.Last("socket(AF_UNIX)");
            return null;
        }
        LocalClient client = new(descriptor, path);
        // A full queue is no reason to hang either (SO_SNDTIMEO holds for connect, unix(7)).
        failure = client.SetPatience(SO_SNDTIMEO, Duration.FromSeconds(5));
        if (!failure.IsError && connect(descriptor, (sockaddr*)&address, sizeof(sockaddr_un)) != 0)
            failure = OsError.Last("connect", path);
        if (!failure.IsError)
            failure = client.SetPatience(SO_RCVTIMEO, patience);
        if (!failure.IsError)
            return client;
        client.Dispose();
        return null;
    }

    /// <returns>EPIPE when the daemon has closed the connection.</returns>
    public OsError Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                long count = (long)send(_descriptor, start + done, bytes.Length - done, MSG_NOSIGNAL);
                if (count < 0 && Libc.LastErrno != Errno.EINTR)
                    return OsError.Last("send", _path);
                done += (int)Math.Max(0, count);
            }
        }
        return OsError.None;
    }

    /// <summary>The next line, without its line feed; waits for it.</summary>
    /// <returns>False: the connection is over, or it took too long (EAGAIN); the failure is None when the daemon has closed it.</returns>
    public bool TryReadLine([NotNullWhen(true)] out byte[]? line, out OsError failure)
    {
        failure = OsError.None;
        List<byte> gathered = [];
        while (true)
        {
            Span<byte> there = _buffer.AsSpan(_start, _end - _start);
            int feed = there.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                gathered.AddRange(there[..feed]);
                _start += feed + 1;
                line = [.. gathered];
                return true;
            }
            gathered.AddRange(there);
            _start = _end = 0;
            long length;
            fixed (byte* start = _buffer)
                length = (long)recv(_descriptor, start, BufferLength, 0);
            if (length < 0 && Libc.LastErrno == Errno.EINTR)
                continue;
            if (length <= 0)
            {
                failure = length == 0 ? OsError.None : OsError.Last("recv", _path);
                line = null;
                return false;
            }
            _end = (int)length;
        }
    }

    /// <summary>From now on an answer may take any time.</summary>
    public OsError WaitForEver() => SetPatience(SO_RCVTIMEO, Duration.Zero);

    public void Dispose()
    {
        if (_descriptor >= 0)
            close(_descriptor);
        _descriptor = -1;
    }

    private OsError SetPatience(int option, Duration patience)
    {
        timeval time = new() { tv_sec = (nint)patience.WholeSeconds, tv_usec = (nint)(patience.WholeMicroseconds % 1_000_000) };
        return SocketOptions.SetStructure(_descriptor, SOL_SOCKET, option, time, "setsockopt(timeout)");
    }
}
