using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>What a <see cref="TcpConnection"/> reports. It may be closed from within each of these.</summary>
public interface IStreamObserver
{
    void OnConnected(Instant now);

    /// <summary>What goes over the connection from now on is encrypted, and the server's certificate has been accepted.</summary>
    void OnSecured(Instant now);

    /// <param name="bytes">Valid during the call only.</param>
    void OnReceived(ReadOnlySpan<byte> bytes, Instant now);

    /// <summary>The connection is over, and closed already.</summary>
    /// <param name="reason">For a log line; null: the other side closed it in an orderly way.</param>
    void OnClosed(string? reason, Instant now);
}
