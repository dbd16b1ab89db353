using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Whose an address in the kernel is.</summary>
internal enum AddressPresence : byte
{
    Absent,

    /// <summary>We put it there, so we take it away.</summary>
    Ours,

    /// <summary>It was there when we came, so it stays.</summary>
    Foreign,
}

/// <summary>One address on one interface that some instance may want: what is wanted, and what is.</summary>
internal sealed class AddressSlot(int tag, NetworkInterface at, in InterfaceAddress address)
{
    private readonly InterfaceAddress _address = address;

    public int Tag => tag;

    public NetworkInterface Interface => at;

    /// <summary>All but the interface's index, which may change.</summary>
    public ref readonly InterfaceAddress Address => ref _address;

    /// <summary>How many instances list it.</summary>
    public int Users { get; set; }

    /// <summary>How many instances want it in the kernel now.</summary>
    public int Wanted { get; set; }

    public AddressPresence Presence { get; set; }

    /// <summary>Removals of ours whose notification has not come yet.</summary>
    public int OwnRemovals { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>The request that was sent and not answered yet.</summary>
    public AddressRequest Request { get; set; }

    public bool IsFor(NetworkInterface other, in InterfaceAddress address)
        => ReferenceEquals(at, other) && _address.Address == address.Address && _address.PrefixLength == address.PrefixLength;
}

internal enum AddressRequest : byte
{
    None,
    Add,
    Delete,

    /// <summary>Add again what may have gone together with another address.</summary>
    Reassert,
}
