using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Kernel.Firewall;

/// <summary>The table of one family: what is known of it.</summary>
internal sealed class FirewallTable(AddressFamily family)
{
    private int _vmacs;
    private int _drops;
    private int _byIndex;
    private int _byName;
    private int _parents;

    public AddressFamily Family => family;

    /// <summary>How it is to be; null while nobody needs it.</summary>
    public FirewallLayout? Layout { get; set; }

    /// <summary>How it was when it was made last; null when it is not there.</summary>
    public NftablesTable? Installed { get; set; }

    /// <summary>As the kernel told of it when it was changed last.</summary>
    public NftablesTableStatus Status { get; set; }

    public FirewallParts Present { get; set; }

    /// <summary>What is in the kernel may be something else than is believed: what comes next makes all of it anew.</summary>
    public bool IsDoubtful { get; set; }

    /// <summary>It is to be made anew with the next flush.</summary>
    public bool IsRenewalDue { get; set; }

    /// <summary>What the kernel last refused a transaction with, since one succeeded.</summary>
    public Errno Refusal { get; set; }

    public HashSet<FirewallSlot> Slots { get; } = [];

    public List<FirewallSlot> Dirty { get; } = [];

    /// <summary>The parts that a configured instance may need.</summary>
    public FirewallParts Needed
        => (_vmacs > 0 ? FirewallParts.VirtualMac : FirewallParts.None)
            | (_drops > 0 ? FirewallParts.Drop : FirewallParts.None)
            | (_byIndex > 0 ? FirewallParts.LinkLocalByIndex : FirewallParts.None)
            | (_byName > 0 ? FirewallParts.LinkLocalByName : FirewallParts.None)
            | (_parents > 0 ? FirewallParts.ParentLinkLocal : FirewallParts.None);

    /// <summary>There is something in it that no configured instance needs.</summary>
    public bool HasTooMuch => (Present & ~Needed) != FirewallParts.None;

    public void Add(FirewallSlot slot)
    {
        Slots.Add(slot);
        Count(slot.Part, 1);
    }

    public void Remove(FirewallSlot slot)
    {
        Slots.Remove(slot);
        Count(slot.Part, -1);
    }

    public void MarkDirty(FirewallSlot slot)
    {
        if (slot.IsDirty)
            return;
        slot.IsDirty = true;
        Dirty.Add(slot);
    }

    private void Count(FirewallParts parts, int by)
    {
        _vmacs += (parts & FirewallParts.VirtualMac) != 0 ? by : 0;
        _drops += (parts & FirewallParts.Drop) != 0 ? by : 0;
        _byIndex += (parts & FirewallParts.LinkLocalByIndex) != 0 ? by : 0;
        _byName += (parts & FirewallParts.LinkLocalByName) != 0 ? by : 0;
        _parents += (parts & FirewallParts.ParentLinkLocal) != 0 ? by : 0;
    }
}
