using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One receiver and the instances that listen to it, told apart by their VRID.</summary>
internal sealed class SharedReceiver(
    ReceiverKey key, string interfaceName, ReceiverTable table, Log log, VrrpLog events) : IReceiverUser
{
    private readonly VrrpInstance?[] _byVrid = new VrrpInstance?[byte.MaxValue + 1];
    private IDisposable? _receiver;
    private Errno _lastFailure;

    public ReceiverKey Key => key;

    public int UserCount { get; private set; }

    public void Opened(IDisposable receiver) => _receiver = receiver;

    public void Join(VrrpInstance instance)
    {
        _byVrid[instance.Vrid.Value] = instance;
        UserCount++;
    }

    public void Leave(VrrpInstance instance)
    {
        if (!ReferenceEquals(_byVrid[instance.Vrid.Value], instance))
            return;
        _byVrid[instance.Vrid.Value] = null;
        UserCount--;
    }

    public void Close()
    {
        _receiver?.Dispose();
        _receiver = null;
    }

    public void OnDatagram(in VrrpDatagram datagram, Instant now)
    {
        _lastFailure = Errno.None;
        // Type and VRID stand in front; who is meant decides about the rest.
        if (!VrrpPacket.TryReadVrid(datagram.Bytes, key.Local.Family, out Vrid vrid))
            return;
        if (_byVrid[vrid.Value] is { } instance)
            instance.Router.OnDatagram(datagram, now);
        else if (table.LogsUnknownVrids)
            events.UnknownVrid(vrid, interfaceName);
    }

    public void OnReceiveFailed(Errno error)
    {
        // One line for a row of equal failures; a datagram ends it.
        if (_lastFailure == error)
            return;
        _lastFailure = error;
        log.Write(LogLevel.Warning, EventIds.ReceiveFailed, $"Receiving for {key.Local} failed - {new ErrnoText(error)}");
    }
}
