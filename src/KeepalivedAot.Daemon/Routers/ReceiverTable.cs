using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>The open receivers. Instances on one interface and group share one; it is closed when the last one has left.</summary>
internal sealed class ReceiverTable(IVrrpWorld world, Log log, VrrpLog events)
{
    private readonly List<SharedReceiver> _receivers = [];

    /// <summary>Log advertisements for VRIDs that nobody here has (<c>log_unknown_vrids</c>).</summary>
    public bool LogsUnknownVrids { get; set; }

    /// <summary>The receiver of a key, opened when nobody has it yet.</summary>
    /// <returns>Null when the kernel refused it.</returns>
    public SharedReceiver? Join(in ReceiverKey key, VrrpInstance instance, out OsError failure)
    {
        failure = default;
        SharedReceiver? shared = Find(key);
        if (shared is null)
        {
            shared = new SharedReceiver(key, InterfaceName(instance), this, log, events);
            IDisposable? opened = world.OpenReceiver(key, shared, out failure);
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

    private static string InterfaceName(VrrpInstance instance) => instance.Interface?.Name ?? "none";

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
