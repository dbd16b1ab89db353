using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>How requests and reports are written in a record; a replay writes its own in the same way, and compares.</summary>
internal static class RecordWords
{
    public static RecordText Link(this RecordText text, in LinkInfo link)
        => text.Add(link.Index).Add(" "u8).Add(link.Name).Add(" "u8).Add((uint)link.Flags).Add(" "u8).Add((int)link.OperationalState).Add(" "u8).Add(link.Mtu)
            .Add(" "u8).Add((int)link.HardwareType).Add(link.HasMacAddress ? " mac "u8 : " none "u8).Add(link.Address).Add(" "u8).Add(link.BroadcastAddress)
            .Add(" "u8).Add(link.LinkIndex).Add(link.IsLinkElsewhere ? " elsewhere "u8 : " here "u8).Add(link.MasterIndex).Add(" "u8).Name(link.MasterKind)
            .Add(" "u8).Add(link.Group).Add(" "u8).Name(link.Kind).Add(" "u8).Add(link.MacvlanMode).Add(" "u8).Add((int)link.IpvlanMode).Add(" "u8)
            .Add((int)link.IpvlanFlags).Add(" "u8).Add(link.VrfTable);

    public static RecordText Address(this RecordText text, in InterfaceAddress address)
        => text.Add(address.InterfaceIndex).Add(" "u8).Ip(address.Address).Add("/"u8).Add((int)address.PrefixLength).Add(" "u8).Ip(address.Peer).Add(" "u8)
            .Ip(address.Broadcast).Add(" "u8).Name(address.Label).Add(" "u8).Add((int)address.Scope).Add(" "u8).Add((uint)address.Flags).Add(" "u8)
            .Add(address.ValidLifetimeSeconds).Add(" "u8).Add(address.PreferredLifetimeSeconds).Add(" "u8).Add((int)address.Protocol);

    public static RecordText Route(this RecordText text, in ReportedRoute route)
        => text.Add((int)route.Family).Add(" "u8).Ip(route.Destination).Add("/"u8).Add((int)route.DestinationLength).Add(" "u8).Add((int)route.TypeOfService).Add(" "u8)
            .Add((int)route.Type).Add(" "u8).Add(route.Table).Add(" "u8).Add((int)route.Protocol).Add(" "u8).Add(route.Priority).Add(" "u8).Add(route.OutputInterface);

    public static RecordText Rule(this RecordText text, in ReportedRule rule)
        => text.Add((int)rule.Family).Add(" "u8).Add(rule.Priority).Add(" "u8).Add((int)rule.Action).Add(" "u8).Ip(rule.From).Add("/"u8).Add((int)rule.FromLength)
            .Add(" "u8).Ip(rule.To).Add("/"u8).Add((int)rule.ToLength).Add(" "u8).Add(rule.Table).Add(" "u8).Add((int)rule.Protocol);

    public static RecordText Route(this RecordText text, KernelRoute route)
        => text.Add("route "u8).Ip(route.Destination).Add("/"u8).Add((int)route.DestinationLength).Add(" from "u8).Ip(route.From).Add(" via "u8).Ip(route.Gateway).Add(" dev "u8)
            .Add(route.OutputInterface).Add(" src "u8).Ip(route.PreferredSource).Add(" type "u8).Add((int)route.Type).Add(" table "u8).Add(route.Table).Add(" metric "u8)
            .Add(route.Priority ?? 0).Add(" hops "u8).Add(route.Hops.Count);

    public static RecordText Rule(this RecordText text, KernelRule rule)
        => text.Add("rule "u8).Add(rule.Priority).Add(" from "u8).Ip(rule.From).Add("/"u8).Add((int)rule.FromLength).Add(" to "u8).Ip(rule.To).Add("/"u8)
            .Add((int)rule.ToLength).Add(" action "u8).Add((int)rule.Action).Add(" table "u8).Add(rule.Table);

    public static RecordText Device(this RecordText text, VirtualLink link)
        => text.Add("device "u8).Add(link.Name).Add(" "u8).Add((int)link.Kind).Add(" "u8).Add(link.BaseIndex).Add(" "u8).Add(link.Address).Add(" "u8).Add(link.Group);

    /// <summary>Of nf_tables; only a first time, or with a new role, is anything changed there.</summary>
    public static RecordText Object(this RecordText text, object what) => text.Word(what.ToString());

    public static RecordText Element(this RecordText text, NftablesSet set, in SetElement element) => text.Word(set.Name).Add(" "u8).Word(element.ToString());

    public static RecordText Route(this RecordText text, in DatagramRoute route)
        => text.Add(route.InterfaceIndex).Add(" "u8).Ip(route.Source).Add(" "u8).Ip(route.Destination).Add(" "u8).Add((int)route.HopLimit);

    public static RecordText Receiver(this RecordText text, in ReceiverKey key) => text.Add(key.InterfaceIndex).Add(" "u8).Ip(key.Local).Add(" "u8).Add((int)key.Protocol);

    public static RecordText Ip(this RecordText text, IpAddress address) => address.IsNone ? text.Add("-"u8) : text.Add(address);

    public static RecordText Name(this RecordText text, Linux.Interop.KernelName name) => name.IsNone ? text.Add("-"u8) : text.Word(name.ToString());
}
