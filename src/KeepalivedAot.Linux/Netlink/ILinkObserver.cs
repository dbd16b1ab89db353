using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Is told how links and addresses are, in the order in which the kernel says it.</summary>
/// <remarks>
/// Everything may be told more than once. What a snapshot began with and did not report before its end is gone:
/// observers mark and sweep between <see cref="OnSnapshotBegin"/> and <see cref="OnSnapshotEnd"/>.
/// Notifications come in between too, and count as reports.
/// </remarks>
public interface ILinkObserver
{
    /// <summary>A link is there, new or changed (also renamed: same index, other name).</summary>
    void OnLink(in LinkInfo link);

    /// <summary>A link was deleted or moved to another namespace. Its addresses may or may not have been reported gone.</summary>
    void OnLinkGone(int interfaceIndex, KernelName name);

    /// <summary>An address is there, new or changed; its flags tell whether it is tentative, deprecated or a duplicate.</summary>
    void OnAddress(in InterfaceAddress address);

    void OnAddressGone(in InterfaceAddress address);

    /// <summary>Notifications were lost; a snapshot of everything follows by itself.</summary>
    /// <param name="why">
    /// ENOBUFS: the receive buffer was too small for the burst. EMSGSIZE: a message was longer than our buffer.
    /// </param>
    void OnLost(Errno why);

    /// <param name="interfaceIndex">
    /// The one interface that the snapshot is about; 0 for all. Its begin may come again before its end.
    /// </param>
    void OnSnapshotBegin(int interfaceIndex);

    /// <param name="error">
    /// None when the snapshot is complete and what it did not report is gone. ENODEV: the one interface does not exist. Otherwise
    /// it is not complete, and nothing may be concluded from what is missing; EINTR: the tables changed too fast to be read.
    /// </param>
    void OnSnapshotEnd(int interfaceIndex, Errno error);

    /// <summary>The kernel's bytes make no sense to us; the message was skipped.</summary>
    void OnMalformed(NetlinkFault fault);
}
