using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Gets what a <see cref="RawProtocolReceiver"/> receives.</summary>
public interface IDatagramObserver
{
    /// <param name="datagram">Valid during the call only.</param>
    void OnDatagram(in ReceivedDatagram datagram);

    /// <summary>recvmmsg(2) failed with something else than "nothing there".</summary>
    void OnReceiveError(Errno error);
}
