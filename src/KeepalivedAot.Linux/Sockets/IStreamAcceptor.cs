namespace KeepalivedAot.Linux.Sockets;

/// <summary>Who takes the connections of a <see cref="StreamListener"/>.</summary>
public interface IStreamAcceptor
{
    /// <summary>There is one; the descriptor, which never blocks, is the acceptor's from now on.</summary>
    /// <param name="peer">Of a local connection; null over TCP.</param>
    void OnAccepted(int descriptor, PeerCredentials? peer);
}
