using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>The settings of interfaces that are made for instances, of those that are used in their place, and of those below them.</summary>
/// <remarks>Those of our own go with them. Those of others' are on record, and are put back (<see cref="KernelSettings"/>).</remarks>
internal sealed class LinkSettings(IKernel kernel, KernelSettings settings, Log log)
{
    // It answers for its own addresses only, and believes datagrams that this host sends to it; they leave where the routes say.
    private static readonly (Ipv4Setting Setting, int Value)[] s_ofDevice =
    [
        (Ipv4Setting.ArpIgnore, 1), (Ipv4Setting.AcceptLocal, 1), (Ipv4Setting.RpFilter, 0), (Ipv4Setting.PromoteSecondaries, 1),
    ];

    private const string DisableIPv6 = "disable_ipv6";

    /// <summary>Asks for what is needed of the interface below, and of all others (rp_filter).</summary>
    public void Require(LinkSlot slot)
    {
        if (slot.HoldsSettings || !slot.Definition.CarriesIPv4)
            return;
        slot.HoldsSettings = true;
        string below = slot.Definition.Base.Name;
        settings.Require(KernelSettings.Ipv4(below, "arp_ignore"), 1);
        settings.Require(KernelSettings.Ipv4(below, "arp_filter"), 1);
        settings.RequireOwnReversePathFilters();
    }

    /// <summary>Asks for what somebody else's interface needs that is used.</summary>
    public void RequireOnForeign(LinkSlot slot)
    {
        if (slot.HoldsDeviceSettings)
            return;
        slot.HoldsDeviceSettings = true;
        foreach ((string name, int value) in OfForeign(slot))
            settings.Require(name, value);
    }

    /// <summary>Gives back what was asked for with <see cref="Require"/> and <see cref="RequireOnForeign"/>.</summary>
    public void Release(LinkSlot slot)
    {
        if (slot.HoldsDeviceSettings)
        {
            slot.HoldsDeviceSettings = false;
            foreach ((string name, _) in OfForeign(slot))
                settings.Release(name);
        }
        if (!slot.HoldsSettings)
            return;
        slot.HoldsSettings = false;
        string below = slot.Definition.Base.Name;
        settings.Release(KernelSettings.Ipv4(below, "arp_ignore"));
        settings.Release(KernelSettings.Ipv4(below, "arp_filter"));
        settings.ReleaseOwnReversePathFilters();
    }

    /// <summary>Sets up one that we have made. disable_ipv6 is written at once, the requests leave with the next <see cref="IKernel.FlushLinks"/>.</summary>
    public void SetUpOwn(LinkSlot slot)
    {
        LinkDefinition definition = slot.Definition;
        KernelName name = slot.Device.KernelName;
        SwitchIPv6(slot);
        // The interface below has one already that the standard would not have here; an ipvlan has none of its own to derive one from.
        if (definition.IsMacvlan)
            kernel.GenerateNoAddress(name, new LinkTag(slot.Tag, LinkRequest.NoAddress).Value);
        if (definition.CarriesIPv4)
            kernel.SetIpv4(name, s_ofDevice, new LinkTag(slot.Tag, LinkRequest.Settings).Value);
        uint group = definition.Group ?? definition.Base.Link.Group;
        if (slot.Device.Exists && slot.Device.Link.Group != group)
            kernel.SetGroup(name, group, new LinkTag(slot.Tag, LinkRequest.Settings).Value);
    }

    private void SwitchIPv6(LinkSlot slot)
    {
        string setting = KernelSettings.Ipv6(slot.Device.Name, DisableIPv6);
        int wanted = slot.Definition.CarriesIPv6 ? 0 : 1;
        if (kernel.ReadSetting(setting, out int present) != Errno.None || present == wanted)
            return;
        Errno error = kernel.WriteSetting(setting, wanted);
        if (error is not (Errno.None or Errno.ENOENT))
            log.Write(LogLevel.Warning, EventIds.KernelSetting, $"Setting {setting} cannot be changed to {wanted} - {new ErrnoText(error)}");
    }

    private static List<(string Name, int Value)> OfForeign(LinkSlot slot)
    {
        List<(string, int)> wanted = [];
        if (slot.Definition.CarriesIPv4)
            wanted.AddRange(s_ofDevice.Select(pair => (KernelSettings.Ipv4(slot.Device.Name, Ipv4SettingNames.Of(pair.Setting)), pair.Value)));
        if (!slot.Definition.CarriesIPv6)
            wanted.Add((KernelSettings.Ipv6(slot.Device.Name, DisableIPv6), 1));
        return wanted;
    }
}
