using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>The open receivers. Instances on one interface and group share one; it is closed when the last one has left.</summary>
internal sealed class ReceiverTable(IVrrpWorld world, Log log, VrrpLog events)
{
    private readonly List<SharedReceiver> _receivers = [];

    private ReceiveBufferPolicy? _policy;
    private long _multiplier = 1;

    /// <summary>Log advertisements for VRIDs that nobody here has (<c>log_unknown_vrids</c>).</summary>
    public bool LogsUnknownVrids { get; private set; }

    public IReadOnlyList<SharedReceiver> Receivers => _receivers;

    public void Adopt(GlobalDefsBlock globals)
    {
        LogsUnknownVrids = globals.LogUnknownVrids;
        _policy = globals.ReceiveBufferPolicy;
        _multiplier = globals.ReceiveBufferMultiplier;
        foreach (SharedReceiver shared in _receivers)
            shared.IsStale = true;
    }

    /// <summary>Brings the sockets up to date with who listens to them; at the end of a turn.</summary>
    public void Flush()
    {
        foreach (SharedReceiver shared in _receivers)
        {
            if (shared.IsStale)
                shared.Update();
        }
    }

    /// <summary>What one instance adds to the receive buffer of its socket, in bytes; 0 = nothing is configured.</summary>
    internal long BufferFor(VrrpInstance instance) => instance.Block.KernelReceiveBufferSize ?? _policy switch
    {
        null => 0,
        { Bytes: { } bytes } => bytes,
        { ByMtu: true } => _multiplier * instance.Mtu,
        _ => _multiplier * instance.Router.AdvertisementLength,
    };

    /// <summary>The receiver of a key, opened when nobody has it yet.</summary>
    /// <returns>Null when the kernel refused it.</returns>
    public SharedReceiver? Join(in ReceiverKey key, VrrpInstance instance, out OsError failure)
    {
        failure = default;
        SharedReceiver? shared = Find(key);
        if (shared is null)
        {
            shared = new SharedReceiver(key, InterfaceName(instance), this, log, events);
            IReceiver? opened = world.OpenReceiver(key, shared, out failure);
            if (opened is null)
                return null;
            shared.Opened(opened);
            _receivers.Add(shared);
            log.Write(LogLevel.Detail, EventIds.TransportOpened,
                $"VRRP sockpool: [ifindex({key.InterfaceIndex}), family({(key.Local.Length == 4 ? "IPv4" : "IPv6")}), proto({key.Protocol}), {(key.IsMulticast ? "multicast" : "unicast")}, address({key.Local})]");
        }
        shared.Join(instance);
        return shared;
    }

    public void Leave(SharedReceiver shared, VrrpInstance instance)
    {
        shared.Leave(instance);
        if (shared.UserCount > 0)
            return;
        shared.Close();
        _receivers.Remove(shared);
    }

    private static string InterfaceName(VrrpInstance instance) => instance.Base?.Name ?? "none";

    private SharedReceiver? Find(in ReceiverKey key)
    {
        foreach (SharedReceiver shared in _receivers)
        {
            if (shared.Key == key)
                return shared;
        }
        return null;
    }
}
