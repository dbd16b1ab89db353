using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Tests.Fuzz.Targets;

/// <summary>What comes from the kernel: a newer one says more than we know, and a broken module anything.</summary>
internal static class NetlinkTargets
{
    private const int Buffer = 1 << 16;

    private delegate void Build(ref NetlinkMessageWriter writer);

    public static IEnumerable<FuzzTarget> All =>
    [
        new("netlink-datagram", "rtnetlink: messages of a datagram, each by its type", Datagram, () => [[.. Links(), .. Addresses().SelectMany(static it => it)], .. Routes(), .. Rules()]),
        new("netlink-link", "rtnetlink: a link", Payload(Link), static () => [Links()[16..]]),
        new("netlink-address", "rtnetlink: an address, written again", Payload(Address), static () => Addresses().Select(static it => it[16..])),
        new("netlink-route", "rtnetlink: a route", Payload(Route), static () => Routes().Select(static it => it[16..])),
        new("netlink-rule", "rtnetlink: a rule", Payload(Rule), static () => Rules().Select(static it => it[16..])),
        new("netlink-answer", "the kernel's answer with its explanation", Payload(Answer), Answers),
        new("nftables-table", "nf_tables: what there is of a table", Payload(Table), static () => [[2, 0, 0, 0, 8, 0, 3, 0, 0, 0, 0, 5, 12, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 9]]),
    ];

    private static Action<byte[]> Payload(Func<ArraySegment<byte>, string> read) => input => Promise.ReadsNothingBehind(input, read);

    private static void Datagram(byte[] input) => Promise.ReadsNothingBehind(input, static bytes =>
    {
        StringBuilder text = new();
        NetlinkMessageReader reader = new(bytes);
        int messages = 0;
        while (reader.TryRead(out NetlinkMessage message))
        {
            Promise.Require(++messages <= bytes.Count / NetlinkMessageWriter.HeaderLength, "each message takes bytes of the datagram");
            ArraySegment<byte> payload = message.Payload.ToArray();
            text.Append(message.Type switch
            {
                Libc.RTM_NEWLINK or Libc.RTM_DELLINK => Link(payload),
                Libc.RTM_NEWADDR or Libc.RTM_DELADDR => Address(payload),
                Libc.RTM_NEWROUTE or Libc.RTM_DELROUTE => Route(payload),
                Libc.RTM_NEWRULE or Libc.RTM_DELRULE => Rule(payload),
                _ => message.TryReadErrno(out Errno error) ? $"{error}" : "?",
            });
        }
        return text.Append(CultureInfo.InvariantCulture, $" {messages} {reader.Fault}").ToString();
    });

    private static string Link(ArraySegment<byte> payload)
    {
        bool isForeign = LinkMessage.IsForeign(payload);
        NetlinkFault fault = LinkMessage.TryParse(payload, out LinkInfo link, out bool isPartial);
        return $"{isForeign} {fault} {isPartial} {link}";
    }

    private static string Address(ArraySegment<byte> payload)
    {
        bool isForeign = AddressMessage.IsForeign(payload);
        NetlinkFault fault = AddressMessage.TryParse(payload, out InterfaceAddress address);
        if (fault == NetlinkFault.None && !isForeign)
        {
            InterfaceAddress given = address;
            byte[] again = Message(Libc.RTM_NEWADDR, (ref NetlinkMessageWriter writer) => AddressMessage.Write(ref writer, given));
            Promise.Equal(NetlinkFault.None, AddressMessage.TryParse(again.AsSpan(NetlinkMessageWriter.HeaderLength), out InterfaceAddress read), "an address is written so that it can be read");
            Promise.Equal(given, read, "an address is written as it was read");
        }
        return $"{isForeign} {fault} {address}";
    }

    private static string Route(ArraySegment<byte> payload)
    {
        NetlinkFault fault = RouteMessage.TryParse(payload, out ReportedRoute route);
        return $"{fault} {route}";
    }

    private static string Rule(ArraySegment<byte> payload)
    {
        NetlinkFault fault = RuleMessage.TryParse(payload, out ReportedRule rule);
        return $"{fault} {rule}";
    }

    private static string Answer(ArraySegment<byte> datagram)
    {
        bool isOne = NetlinkAnswer.TryParse(datagram, out uint sequence, out Errno error, out ReadOnlySpan<byte> extack, out int culprit);
        Promise.Require(extack.Length <= datagram.Count && culprit >= 0, "an explanation is a part of the answer");
        return $"{isOne} {sequence} {error} {Convert.ToHexString(extack)} {culprit}";
    }

    private static string Table(ArraySegment<byte> payload)
    {
        NetlinkFault fault = NftablesTableStatus.TryParse(payload, out NftablesTableStatus status);
        return $"{fault} {status}";
    }

    private static byte[] Message(ushort type, Build build)
    {
        byte[] buffer = new byte[Buffer];
        NetlinkMessageWriter writer = new(buffer, type, 0, 1);
        build(ref writer);
        Promise.Require(writer.TryFinish(out int length), "what was read fits a message");
        return buffer[..length];
    }

    private static KernelName Name(string name) => KernelName.TryParse(name, out KernelName parsed) ? parsed : default;

    private static byte[] Links() => Message(Libc.RTM_NEWLINK, static (ref NetlinkMessageWriter writer) =>
    {
        writer.Append(new ifinfomsg { ifi_index = 2, ifi_type = 1, ifi_flags = 0x11043 });
        writer.Attribute(Libc.IFLA_IFNAME, Name("eth0"));
        writer.Attribute(Libc.IFLA_MTU, 1500u);
        writer.Attribute(Libc.IFLA_ADDRESS, [2, 0, 0, 0, 0, 1]);
        writer.Attribute(Libc.IFLA_LINK, 3);
        writer.Attribute(Libc.IFLA_GROUP, 0u);
        int info = writer.BeginNested(Libc.IFLA_LINKINFO);
        writer.Attribute(Libc.IFLA_INFO_KIND, Name("macvlan"));
        int data = writer.BeginNested(Libc.IFLA_INFO_DATA);
        writer.Attribute(1, 1u);
        writer.EndNested(data);
        writer.EndNested(info);
    });

    private static IEnumerable<byte[]> Addresses()
    {
        foreach (InterfaceAddress address in (InterfaceAddress[])
        [
            new() { InterfaceIndex = 2, Address = IpAddress.Parse("192.0.2.1"), PrefixLength = 24, Broadcast = IpAddress.Parse("192.0.2.255"), Label = Name("eth0:1"), Flags = AddressFlags.Permanent },
            new() { InterfaceIndex = 2, Address = IpAddress.Parse("192.0.2.1"), PrefixLength = 32, Peer = IpAddress.Parse("192.0.2.9"), Protocol = 18 },
            new() { InterfaceIndex = 3, Address = IpAddress.Parse("fe80::1"), PrefixLength = 64, Flags = AddressFlags.NoPrefixRoute | AddressFlags.Tentative, ValidLifetimeSeconds = 60, PreferredLifetimeSeconds = 0 },
        ])
        {
            InterfaceAddress one = address;
            yield return Message(Libc.RTM_NEWADDR, (ref NetlinkMessageWriter writer) => AddressMessage.Write(ref writer, one));
        }
    }

    private static IEnumerable<byte[]> Routes()
    {
        foreach (KernelRoute route in (KernelRoute[])
        [
            new() { Family = AddressFamily.IPv4, Destination = IpAddress.Parse("198.51.100.0"), DestinationLength = 24, Gateway = IpAddress.Parse("192.0.2.9"), OutputInterface = 2, Priority = 7, Protocol = 18, Table = 1000 },
            new() { Family = AddressFamily.IPv6, Destination = IpAddress.Parse("2001:db8::"), DestinationLength = 32, OutputInterface = 2, Metrics = [(2, 1400)], Preference = 1 },
        ])
        {
            yield return Message(Libc.RTM_NEWROUTE, (ref NetlinkMessageWriter writer) => RouteMessage.Write(ref writer, route));
        }
    }

    private static IEnumerable<byte[]> Rules()
    {
        foreach (KernelRule rule in (KernelRule[])
        [
            new() { Family = AddressFamily.IPv4, Priority = 100, Action = 1, From = IpAddress.Parse("192.0.2.0"), FromLength = 24, Table = 1000, Protocol = 18 },
            new() { Family = AddressFamily.IPv6, Priority = 200, Action = 1, To = IpAddress.Parse("2001:db8::"), ToLength = 32, Table = 10, Mark = 1, InputInterface = Name("eth0") },
        ])
        {
            yield return Message(Libc.RTM_NEWRULE, (ref NetlinkMessageWriter writer) => RuleMessage.Write(ref writer, rule));
        }
    }

    private static IEnumerable<byte[]> Answers()
    {
        byte[] plain = Message(Libc.NLMSG_ERROR, static (ref NetlinkMessageWriter writer) => writer.Append(new nlmsgerr { error = -17 }));
        yield return plain;
        byte[] explained = Message(Libc.NLMSG_ERROR, static (ref NetlinkMessageWriter writer) =>
        {
            writer.Append(new nlmsgerr { error = -22, msg = new nlmsghdr { nlmsg_len = 16 } });
            writer.Attribute(Libc.NLMSGERR_ATTR_MSG, "Invalid prefix\0"u8);
            writer.Attribute(Libc.NLMSGERR_ATTR_OFFS, 20u);
        });
        BitConverter.TryWriteBytes(explained.AsSpan(6), (ushort)Libc.NLM_F_ACK_TLVS);
        yield return explained;
    }
}
