using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>Gets what comes in on an open <see cref="ReceiverKey"/>.</summary>
internal interface IReceiverUser
{
    void OnDatagram(in VrrpDatagram datagram, Instant now);

    void OnReceiveFailed(Errno error);
}
