using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>What the kernel has told, as it stands in a record.</summary>
internal static class RecordedReports
{
    public static bool IsReport(string kind)
        => kind is "link" or "link-gone" or "address" or "address-gone" or "lost" or "snapshot" or "snapshot-end" or "malformed";

    /// <summary>Tells it again.</summary>
    public static void Tell(string kind, RecordLine line, ILinkObserver observer)
    {
        switch (kind)
        {
            case "link":
                observer.OnLink(Link(line));
                break;
            case "link-gone":
                observer.OnLinkGone(line.Int(), line.Name());
                break;
            case "address":
                observer.OnAddress(Address(line));
                break;
            case "address-gone":
                observer.OnAddressGone(Address(line));
                break;
            case "lost":
                observer.OnLost(line.Errno());
                break;
            case "snapshot":
                observer.OnSnapshotBegin(line.Int());
                break;
            case "snapshot-end":
                observer.OnSnapshotEnd(line.Int(), line.Errno());
                break;
            default:
                observer.OnMalformed((NetlinkFault)line.Int());
                break;
        }
    }

    public static ReportedRoute Route(RecordLine line)
    {
        AddressFamily family = (AddressFamily)line.Byte();
        (IpAddress destination, byte length) = line.Prefix();
        return new ReportedRoute
        {
            Family = family, Destination = destination, DestinationLength = length, TypeOfService = line.Byte(), Type = line.Byte(), Table = line.UInt(),
            Protocol = line.Byte(), Priority = line.UInt(), OutputInterface = line.Int(),
        };
    }

    public static ReportedRule Rule(RecordLine line)
    {
        AddressFamily family = (AddressFamily)line.Byte();
        uint priority = line.UInt();
        byte action = line.Byte();
        (IpAddress from, byte fromLength) = line.Prefix();
        (IpAddress to, byte toLength) = line.Prefix();
        return new ReportedRule
        {
            Family = family, Priority = priority, Action = action, From = from, FromLength = fromLength, To = to, ToLength = toLength, Table = line.UInt(), Protocol = line.Byte(),
        };
    }

    private static LinkInfo Link(RecordLine line) => new()
    {
        Index = line.Int(), Name = line.Name(), Flags = (LinkFlags)line.UInt(), OperationalState = (OperationalState)line.Byte(), Mtu = line.Int(),
        HardwareType = line.UShort(), HasMacAddress = line.Word() == "mac", Address = line.Mac(), BroadcastAddress = line.Mac(), LinkIndex = line.Int(),
        IsLinkElsewhere = line.Word() == "elsewhere", MasterIndex = line.Int(), MasterKind = line.Name(), Group = line.UInt(), Kind = line.Name(),
        MacvlanMode = line.UInt(), IpvlanMode = line.UShort(), IpvlanFlags = line.UShort(), VrfTable = line.UInt(),
    };

    private static InterfaceAddress Address(RecordLine line)
    {
        int index = line.Int();
        (IpAddress address, byte length) = line.Prefix();
        return new InterfaceAddress
        {
            InterfaceIndex = index, Address = address, PrefixLength = length, Peer = line.Ip(), Broadcast = line.Ip(), Label = line.Name(), Scope = (AddressScope)line.Byte(),
            Flags = (AddressFlags)line.UInt(), ValidLifetimeSeconds = line.UInt(), PreferredLifetimeSeconds = line.UInt(), Protocol = line.Byte(),
        };
    }
}
