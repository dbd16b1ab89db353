using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>
/// What this daemon may have put into the kernel, as text below /run: after a crash or a <c>kill -9</c> the next start
/// takes away what stands there, and nothing else.
/// </summary>
/// <remarks>
/// It is written when a configuration is taken up, before anything is added: a takeover does not wait for a file. What was in
/// the kernel at that time is left out, since it is not ours. Format: a line of version, then
/// <c>address INTERFACE ADDRESS/LENGTH</c>, <c>route LINE</c>, <c>rule LINE</c>, <c>link INTERFACE BASE [MAC]</c> (of a macvlan),
/// <c>setting NAME ORIGINAL VALUE</c> or <c>table ip|ip6 NAME</c> (nf_tables) for each; a LINE is one of the configuration's language.
/// </remarks>
internal static class KernelRecord
{
    public const string Header = "keepalived-aot kernel record 1";

    public const string RoutePrefix = "route ";
    public const string RulePrefix = "rule ";
    public const string IPv4TablePrefix = "table ip ";
    public const string IPv6TablePrefix = "table ip6 ";

    public readonly record struct Entry(string Interface, IpAddress Address, byte PrefixLength);

    /// <param name="Address">Of a macvlan; null of an ipvlan, which has that of its base.</param>
    public readonly record struct Link(string Interface, string Base, MacAddress? Address)
    {
        /// <summary>Whether it is what stands there now: somebody else may have made another one of that name.</summary>
        public bool Is(NetworkInterface device, NetworkInterface below)
            => device.Exists && below.Exists && device.Link.LinkIndex == below.Index && !device.Link.IsLinkElsewhere
                && (device.Link.Kind == LinkKinds.Macvlan ? Address is null || device.Link.Address == Address : device.Link.Kind == LinkKinds.Ipvlan && Address is null);

        /// <summary>As it stands there now.</summary>
        public static Link Of(NetworkInterface device, string below)
            => new(device.Name, below, device.Link.Kind == LinkKinds.Macvlan ? device.Link.Address : null);
    }

    /// <param name="Name">A path below /proc/sys.</param>
    public readonly record struct Setting(string Name, int Original, int Value);

    /// <param name="Routes">Lines of the configuration's language, as <paramref name="Rules"/> are.</param>
    /// <param name="Tables">Of nf_tables.</param>
    public sealed record Content(
        List<Entry> Addresses, List<string> Routes, List<string> Rules, List<Link> Links, List<Setting> Settings,
        List<(AddressFamily Family, string Name)> Tables)
    {
        public bool IsEmpty => Addresses.Count + Routes.Count + Rules.Count + Links.Count + Settings.Count + Tables.Count == 0;
    }

    public static KernelRecordText Write(
        IEnumerable<AddressSlot> slots, IEnumerable<RoutingSlot> lines, IEnumerable<LinkSlot> links,
        IEnumerable<(string Name, int Original, int Value)> settings, IEnumerable<(AddressFamily Family, string Name)> tables)
    {
        KernelRecordText text = new();
        foreach (AddressSlot slot in slots)
        {
            if (slot.Presence != AddressPresence.Foreign)
                text.Address(slot.Interface.Name, slot.Address.Address, slot.Address.PrefixLength);
        }
        // Routes first, in the order in which they are read.
        foreach (RoutingSlot slot in lines)
        {
            if (!slot.IsForeign && slot.Line is RouteLine)
                text.Route(slot.Line.Text);
        }
        foreach (RoutingSlot slot in lines)
        {
            if (!slot.IsForeign && slot.Line is not RouteLine)
                text.Rule(slot.Line.Text);
        }
        foreach (LinkSlot slot in links)
        {
            // One that is in the way is somebody else's too.
            bool isForeign = slot.Presence == LinkPresence.Foreign || (slot.Presence == LinkPresence.Absent && slot.Device.Exists);
            if (isForeign)
                continue;
            LinkDefinition definition = slot.Definition;
            Link wanted = new(slot.Device.Name, definition.Base.Name, definition.IsMacvlan ? definition.Address : null);
            text.Link(wanted);
            // Until it is made anew it stands on another one, or has another address; so it has when somebody has changed that.
            if (slot is { Presence: LinkPresence.Ours, Device.Exists: true } && Link.Of(slot.Device, (slot.StandsOn ?? definition.Base).Name) is var standing && standing != wanted)
                text.Link(standing);
        }
        foreach ((string name, int original, int value) in settings)
            text.Setting(name, original, value);
        foreach ((AddressFamily family, string name) in tables)
            text.Table(family, name);
        return text;
    }

    public static KernelRecordText Write(Content content)
    {
        KernelRecordText text = new();
        foreach (Entry entry in content.Addresses)
            text.Address(entry.Interface, entry.Address, entry.PrefixLength);
        foreach (string line in content.Routes)
            text.Route(line);
        foreach (string line in content.Rules)
            text.Rule(line);
        foreach (Link link in content.Links)
            text.Link(link);
        foreach (Setting setting in content.Settings)
            text.Setting(setting.Name, setting.Original, setting.Value);
        foreach ((AddressFamily family, string name) in content.Tables)
            text.Table(family, name);
        return text;
    }

    /// <summary>Whether it is of this version: of another one nothing can be said.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> record) => record.StartsWith(ByteText.Encode(Header + '\n'));

    /// <summary>What a record names; lines that make no sense are passed over, for they name nothing that could be removed.</summary>
    public static Content Read(ReadOnlySpan<byte> record)
    {
        Content content = new([], [], [], [], [], []);
        string[] lines = ByteText.Decode(record).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != Header)
            return content;
        foreach (string line in lines.AsSpan(1))
        {
            if (line.StartsWith(RoutePrefix, StringComparison.Ordinal))
                content.Routes.Add(line[RoutePrefix.Length..]);
            else if (line.StartsWith(RulePrefix, StringComparison.Ordinal))
                content.Rules.Add(line[RulePrefix.Length..]);
            else if (line.StartsWith(IPv4TablePrefix, StringComparison.Ordinal))
                content.Tables.Add((AddressFamily.IPv4, line[IPv4TablePrefix.Length..]));
            else if (line.StartsWith(IPv6TablePrefix, StringComparison.Ordinal))
                content.Tables.Add((AddressFamily.IPv6, line[IPv6TablePrefix.Length..]));
            else if (TryReadAddress(line, out Entry entry))
                content.Addresses.Add(entry);
            else if (TryReadLink(line, out Link link))
                content.Links.Add(link);
            else if (TryReadSetting(line, out Setting setting))
                content.Settings.Add(setting);
        }
        return content;
    }

    private static bool TryReadLink(string line, out Link link)
    {
        link = default;
        if (line.Split(' ') is not ["link", var name, var below, .. var rest] || rest.Length > 1 || !IsInterfaceName(name) || !IsInterfaceName(below))
            return false;
        MacAddress? address = null;
        if (rest is [var text])
        {
            if (!ulong.TryParse(text.Replace(":", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
                return false;
            address = new MacAddress(value);
        }
        link = new Link(name, below, address);
        return true;
    }

    // A path that leads elsewhere is none of ours.
    private static bool TryReadSetting(string line, out Setting setting)
    {
        setting = default;
        if (line.Split(' ') is not ["setting", var name, var original, var value]
            || !name.StartsWith("net/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal)
            || !int.TryParse(original, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int before)
            || !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int ours))
        {
            return false;
        }
        setting = new Setting(name, before, ours);
        return true;
    }

    private static bool IsInterfaceName(string name) => name.Length is not (0 or >= Linux.Interop.KernelName.Size);

    private static bool TryReadAddress(string line, out Entry entry)
    {
        entry = default;
        if (line.Split(' ') is not ["address", var name, var prefix] || prefix.Split('/') is not [var text, var length])
            return false;
        if (!IsInterfaceName(name)
            || !IpAddress.TryParse(text, out IpAddress address)
            || !byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out byte prefixLength)
            || prefixLength > address.HostPrefixLength)
        {
            return false;
        }
        entry = new Entry(name, address, prefixLength);
        return true;
    }
}
