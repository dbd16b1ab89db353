using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>The open transports. Instances on one interface and group share one; it is closed when the last one has left.</summary>
internal sealed class TransportTable(IVrrpWorld world, Log log)
{
    private readonly List<SharedTransport> _transports = [];

    public bool LogsUnknownVrids { get; set; }

    /// <summary>The transport of a key, opened when nobody has it yet.</summary>
    /// <returns>Null when the kernel refused it.</returns>
    public SharedTransport? Join(in TransportKey key, VrrpInstance instance, out OsError failure)
    {
        failure = default;
        SharedTransport? shared = Find(key);
        if (shared is null)
        {
            shared = new SharedTransport(key, log) { LogsUnknownVrids = LogsUnknownVrids };
            ITransport? opened = world.OpenTransport(key, shared, out failure);
            if (opened is null)
                return null;
            shared.Opened(opened);
            _transports.Add(shared);
            log.Write(LogLevel.Detail, EventIds.TransportOpened,
                $"VRRP sockpool: [ifindex({key.InterfaceIndex,3}), family({(key.Local.Length == 4 ? "IPv4" : "IPv6")}), proto(112), {(key.IsMulticast ? "multicast" : "unicast")}, address({key.Local})]");
        }
        shared.Join(instance);
        return shared;
    }

    public void Leave(SharedTransport shared, VrrpInstance instance)
    {
        shared.Leave(instance);
        if (shared.UserCount > 0)
            return;
        shared.Close();
        _transports.Remove(shared);
    }

    public void Flush()
    {
        foreach (SharedTransport shared in CollectionsMarshal.AsSpan(_transports))
        {
            if (shared.HasOutput)
                shared.Flush();
        }
    }

    private SharedTransport? Find(in TransportKey key)
    {
        foreach (SharedTransport shared in _transports)
        {
            if (shared.Key == key)
                return shared;
        }
        return null;
    }
}
