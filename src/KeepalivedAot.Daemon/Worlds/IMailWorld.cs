using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>What sending mail touches.</summary>
internal interface IMailWorld
{
    TimerQueue Timers { get; }

    Instant Now { get; }

    /// <summary>Since 1970, UTC.</summary>
    long UnixSeconds { get; }

    /// <summary>Of the local time from UTC, at that moment.</summary>
    int OffsetSeconds(long unixSeconds);

    /// <summary>Of a name that is none of an address; no address when nobody knows.</summary>
    IpAddress Resolve(string host);

    /// <summary>Whose certificates connections from now on believe; <see cref="IMailConnection.StartTls"/> needs it.</summary>
    /// <returns>Null, or why there will be no TLS.</returns>
    string? UseTls(string? authorities);

    /// <summary>None of the connections from now on is encrypted.</summary>
    void ForgetTls();

    IMailConnection? Connect(IpAddress server, ushort port, IStreamObserver observer, out OsError failure);
}

/// <summary>A connection with a mail server.</summary>
internal interface IMailConnection
{
    void Send(ReadOnlySpan<byte> bytes);

    /// <returns>Null, or why it cannot even be tried.</returns>
    string? StartTls(string serverName);

    void Close();
}
