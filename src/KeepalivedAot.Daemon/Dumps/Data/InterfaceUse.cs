using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>What the instances have to do with one interface.</summary>
internal sealed class InterfaceUse
{
    // What keepalived shows of an interface whose going down is no fault.
    private const int NotTracked = 255;

    /// <summary>The instances that run on it, have an address on it or track it, each with the weight that it has for them.</summary>
    public List<(VrrpInstance Instance, TrackerWeight Weight)> Users { get; } = [];

    /// <summary>How many VMACs stand on it, for which it is kept from answering for their addresses.</summary>
    public int ArpUsers { get; private set; }

    /// <summary>How many instances have it keep its other addresses when the first one goes.</summary>
    public int PromotionUsers { get; private set; }

    /// <summary>It was made for an instance, as this; null for one of the host's.</summary>
    public HeldDevice? Device { get; private set; }

    /// <summary>For all interfaces at once: there may be a thousand of them, and of instances.</summary>
    public static Dictionary<NetworkInterface, InterfaceUse> Of(IReadOnlyList<VrrpInstance> instances, IReadOnlyList<NetworkInterface> interfaces)
    {
        Dictionary<NetworkInterface, InterfaceUse> uses = interfaces.ToDictionary(static at => at, static _ => new InterfaceUse());
        Dictionary<string, InterfaceUse> byName = interfaces.ToDictionary(static at => at.Name, at => uses[at]);
        foreach (VrrpInstance instance in instances)
            Add(instance, uses, byName);
        return uses;
    }

    private static void Add(VrrpInstance instance, Dictionary<NetworkInterface, InterfaceUse> uses, Dictionary<string, InterfaceUse> byName)
    {
        TrackerWeight weight = new(instance.Block.DontTrackPrimary ? NotTracked : 0);
        Add(instance, instance.Base, weight, uses);
        Add(instance, instance.Interface, weight, uses);
        if (instance.Block.PromoteSecondaries && instance.Base is { } promoting && uses.TryGetValue(promoting, out InterfaceUse? promotion))
            promotion.PromotionUsers++;
        foreach (HeldDevice device in instance.Devices)
        {
            if (uses.TryGetValue(device.Interface, out InterfaceUse? made))
                made.Device = device;
            if (device.Definition is { IsMacvlan: true, CarriesIPv4: true } && uses.TryGetValue(device.Base, out InterfaceUse? below))
                below.ArpUsers++;
        }
        foreach (HeldAddress held in instance.HeldAddresses)
        {
            if (held.IsTracked)
                Add(instance, held.Interface, default, uses);
        }
        foreach (TrackedLine line in instance.Tracked)
        {
            if (line.Id.Kind == TrackerKind.Interface && byName.TryGetValue(line.Id.Name, out InterfaceUse? tracked))
                tracked.Add(instance, line.Weight);
        }
    }

    private static void Add(VrrpInstance instance, NetworkInterface? at, TrackerWeight weight, Dictionary<NetworkInterface, InterfaceUse> uses)
    {
        if (at is not null && uses.TryGetValue(at, out InterfaceUse? use))
            use.Add(instance, weight);
    }

    // What is said of an instance first counts; all of one come in a row.
    private void Add(VrrpInstance instance, TrackerWeight weight)
    {
        if (Users.Count == 0 || !ReferenceEquals(Users[^1].Instance, instance))
            Users.Add((instance, weight));
    }
}
