using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One receiver and the instances that listen to it, told apart by their VRID.</summary>
internal sealed class SharedReceiver(
    ReceiverKey key, string interfaceName, ReceiverTable table, Log log, VrrpLog events) : IReceiverUser
{
    private static readonly Duration UnknownLogInterval = Duration.FromSeconds(60);

    private readonly VrrpInstance?[] _byVrid = new VrrpInstance?[byte.MaxValue + 1];
    private IReceiver? _receiver;
    private int _bufferBytes;

    // When an unknown VRID was last logged, by VRID; made when first needed.
    private Instant[]? _unknownLoggedAt;
    private Errno _lastFailure;

    public ReceiverKey Key => key;

    public int UserCount { get; private set; }

    /// <summary>Of its sockets; -1 when they are closed.</summary>
    public (int In, int Out) Descriptors => _receiver?.Descriptors ?? (-1, -1);

    /// <summary>How much may wait in the kernel, in bytes; 0 = nothing is configured.</summary>
    public int BufferBytes => _bufferBytes;

    /// <summary>By VRID.</summary>
    public IEnumerable<VrrpInstance> Users => _byVrid.OfType<VrrpInstance>();

    /// <summary>Who listens, or what they want, has changed since the last <see cref="Update"/>.</summary>
    public bool IsStale { get; set; }

    public void Opened(IReceiver receiver) => _receiver = receiver;

    /// <summary>Tells the kernel which VRIDs are heard here, and how much may wait.</summary>
    public void Update()
    {
        IsStale = false;
        Span<ulong> vrids = stackalloc ulong[OctetFilter.SetWords];
        long bytes = 0;
        for (int vrid = 0; vrid < _byVrid.Length; vrid++)
        {
            if (_byVrid[vrid] is not { } instance)
                continue;
            vrids[vrid / 64] |= 1UL << (vrid % 64);
            bytes += table.BufferFor(instance);
        }
        if (table.LogsUnknownVrids)
            vrids.Fill(ulong.MaxValue);
        Report(_receiver!.SetVrids(vrids), "its filter");
        int wanted = (int)Math.Min(bytes, int.MaxValue);
        if (wanted == _bufferBytes)
            return;
        _bufferBytes = wanted;
        Report(_receiver.SetBuffer(wanted), "its buffer");
    }

    public void Join(VrrpInstance instance)
    {
        _byVrid[instance.Vrid.Value] = instance;
        UserCount++;
        IsStale = true;
    }

    public void Leave(VrrpInstance instance)
    {
        if (!ReferenceEquals(_byVrid[instance.Vrid.Value], instance))
            return;
        _byVrid[instance.Vrid.Value] = null;
        UserCount--;
        IsStale = true;
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
        else if (table.LogsUnknownVrids && MayLogUnknown(vrid.Value, now))
            events.UnknownVrid(vrid, interfaceName);
    }

    // keepalived writes a line for every packet; once a minute says the same.
    private bool MayLogUnknown(byte vrid, Instant now)
    {
        _unknownLoggedAt ??= new Instant[_byVrid.Length];
        ref Instant last = ref _unknownLoggedAt[vrid];
        if (last != default && now - last < UnknownLogInterval)
            return false;
        last = now;
        return true;
    }

    private void Report(OsError failure, string what)
    {
        if (failure.IsError)
            log.Write(LogLevel.Warning, EventIds.TransportFailed, $"The socket for {key.Local} cannot be given {what}: {failure}");
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
