using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Links;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>What nobody wants any more: it is let go when the kernel has been brought up to date.</summary>
internal sealed class RetiredSlots
{
    private readonly List<AddressSlot> _addresses = [];
    private readonly List<LinkSlot> _links = [];

    public void Add(AddressSlot slot) => _addresses.Add(slot);

    public void Add(LinkSlot slot) => _links.Add(slot);

    public void Release(AddressReconciler addresses, LinkReconciler links)
    {
        foreach (AddressSlot slot in _addresses)
            addresses.Release(slot);
        _addresses.Clear();
        foreach (LinkSlot slot in _links)
            links.Release(slot);
        _links.Clear();
    }
}
