using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One transport and the instances that speak over it, told apart by their VRID.</summary>
internal sealed class SharedTransport(TransportKey key, Log log) : ITransportUser
{
    private readonly VrrpInstance?[] _byVrid = new VrrpInstance?[byte.MaxValue + 1];
    private ITransport? _transport;

    public TransportKey Key => key;

    public int UserCount { get; private set; }

    /// <summary>Something was queued since the last flush.</summary>
    public bool HasOutput { get; private set; }

    /// <summary>Log advertisements for VRIDs that nobody here has (<c>log_unknown_vrids</c>).</summary>
    public bool LogsUnknownVrids { get; set; }

    public void Opened(ITransport transport) => _transport = transport;

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

    public void Send(VrrpInstance from, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
    {
        _transport?.Queue(datagram, source, destination, from.HopLimit, from.Vrid.Value);
        HasOutput = true;
    }

    public void Flush()
    {
        HasOutput = false;
        _transport?.Flush();
    }

    public void Close()
    {
        _transport?.Dispose();
        _transport = null;
    }

    public void OnDatagram(in VrrpDatagram datagram, Instant now)
    {
        // Type and VRID stand in front; who is meant decides about the rest.
        int header = key.Local.Family == AddressFamily.IPv4 && datagram.Bytes.Length > 0 ? (datagram.Bytes[0] & 0xF) * 4 : 0;
        if (datagram.Bytes.Length <= header + 1)
            return;
        byte vrid = datagram.Bytes[header + 1];
        if (_byVrid[vrid] is { } instance)
            instance.Router.OnDatagram(datagram, now);
        else if (LogsUnknownVrids)
            log.Write(LogLevel.Info, EventIds.UnknownVrid, $"Unknown VRID({vrid}) received from {datagram.Source}. ignoring...");
    }

    public void OnSendFailed(int tag, IpAddress destination, Errno error) => _byVrid[tag]?.OnSendFailed(destination, error);

    public void OnReceiveFailed(Errno error)
        => log.Write(LogLevel.Warning, EventIds.ReceiveFailed, $"Receiving for {key.Local} failed - {new ErrnoText(error)}");
}
