using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>The kernel's tables, as far as the daemon changes them. Requests are gathered; answers come while they are gathered or at the flush.</summary>
public interface IKernel
{
    /// <param name="results">Also told of earlier requests of the batch, when the batch is full and has to be sent first.</param>
    void AddAddress(in InterfaceAddress address, int tag, INetlinkResults results);

    void DeleteAddress(in InterfaceAddress address, int tag, INetlinkResults results);

    void FlushAddresses(INetlinkResults results);
}
