using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Whose an address in the kernel is.</summary>
internal enum AddressPresence : byte
{
    Absent,

    /// <summary>We put it there, so we take it away.</summary>
    Ours,

    /// <summary>It was there when we came, or is the address owner's own, so it stays.</summary>
    Foreign,
}

/// <summary>One address on one interface that some instance may want: what is wanted, and what is.</summary>
internal sealed class AddressSlot(int tag, NetworkInterface at, in InterfaceAddress address)
{
    private InterfaceAddress _address = address;

    public int Tag => tag;

    public NetworkInterface Interface => at;

    /// <summary>All but the interface's index, which may change.</summary>
    public ref readonly InterfaceAddress Address => ref _address;

    /// <summary>How many instances list it.</summary>
    public int Users { get; set; }

    /// <summary>How many want it in the kernel now: instances, and <see cref="Roles.KeptObjects"/>.</summary>
    public int Wanted { get; set; }

    public AddressPresence Presence { get; set; }

    /// <summary>Removals of ours whose notification has not come yet.</summary>
    public int OwnRemovals { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>The record names it: after a crash it goes.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>
    /// Found in the kernel it is the host's, and stays: it was there when the instance came, or the instance owns it (priority 255). Any
    /// other that is found is taken for ours, as keepalived does: two hosts that answer for it would be worse.
    /// </summary>
    public bool IsHosts { get; set; }

    /// <summary>As it was put into the kernel last; meaningless before that.</summary>
    public InterfaceAddress Installed { get; set; }

    /// <summary>As it was put there before that, while a renewal has not been answered.</summary>
    public InterfaceAddress Former { get; set; }

    /// <summary>It is in the kernel with other settings (label, broadcast, lifetimes ...) than are wanted now.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>Takes over other settings of the same address.</summary>
    /// <returns>Whether anything differs.</returns>
    public bool Update(in InterfaceAddress wanted)
    {
        if (_address == wanted)
            return false;
        _address = wanted;
        IsOutdated = Presence == AddressPresence.Ours;
        return true;
    }

    /// <summary>What the kernel last refused a request with, since one succeeded.</summary>
    public Errno Refusal { get; set; }

    /// <summary>What was refused may succeed when it is tried again.</summary>
    public bool IsBehind { get; set; }

    /// <summary>
    /// It was not there when it should have been, so the others were announced without it: when it comes it is one of
    /// <see cref="AddressReconciler.TakeArrived"/>.
    /// </summary>
    public bool IsLate { get; set; }

    /// <summary>The request that was sent and not answered yet.</summary>
    public AddressRequest Request { get; set; }

    /// <summary>How soon it is put back when others take it away; null before they first do.</summary>
    public RestorationPace? Pace { get; set; }

    public AddressKey Key => new(at, _address.Address, _address.PrefixLength);
}

/// <summary>What tells one address from another: the kernel has each once on an interface, with each prefix length.</summary>
internal readonly record struct AddressKey(NetworkInterface Interface, IpAddress Address, byte PrefixLength);

internal enum AddressRequest : byte
{
    None,
    Add,
    Delete,

    /// <summary>Delete it and add it with other settings: two requests, of which this is the first.</summary>
    Renew,

    /// <summary>Add again what may have gone together with another address.</summary>
    Reassert,
}
