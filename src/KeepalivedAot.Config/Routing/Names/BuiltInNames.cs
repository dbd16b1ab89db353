namespace KeepalivedAot.Config.Routing.Names;

/// <summary>The names that are known without any file.</summary>
/// <param name="otherwise">What to say of all others.</param>
public sealed class BuiltInNames(NameAnswer otherwise) : INameTables
{
    /// <summary>For a host without files: there are no other names.</summary>
    public static readonly BuiltInNames Only = new(NameAnswer.Unknown);

    /// <summary>For a configuration that is meant for another host, whose files cannot be looked at.</summary>
    public static readonly BuiltInNames OfAnotherHost = new(NameAnswer.NotKnownHere);

    public void UseDirectories(string? etc, string? usr)
    {
    }

    public NameAnswer Find(NameTable table, string name, out uint number)
        => TryFind(table, name, out number) ? NameAnswer.Found : otherwise;

    internal static bool TryFind(NameTable table, string name, out uint number)
    {
        int found = table switch
        {
            NameTable.RoutingTables => Table(name),
            NameTable.RoutingProtocols => Protocol(name),
            NameTable.Scopes => Scope(name),
            NameTable.IpProtocols => IpProtocol(name),
            _ => -1,
        };
        number = found < 0 ? 0 : (uint)found;
        return found >= 0;
    }

    // linux/rtnetlink.h, RT_TABLE_…
    private static int Table(string name) => name switch
    {
        "default" => 253,
        "main" => 254,
        "local" => 255,
        _ => -1,
    };

    // linux/rtnetlink.h, RTPROT_…
    private static int Protocol(string name) => name switch
    {
        "none" => 0,
        "redirect" => 1,
        "kernel" => 2,
        "boot" => 3,
        "static" => 4,
        "gated" => 8,
        "ra" => 9,
        "mrt" => 10,
        "zebra" => 11,
        "bird" => 12,
        "dnrouted" => 13,
        "xorp" => 14,
        "ntk" => 15,
        "dhcp" => 16,
        _ => -1,
    };

    // linux/rtnetlink.h, RT_SCOPE_…
    private static int Scope(string name) => name switch
    {
        "global" => 0,
        "site" => 200,
        "link" => 253,
        "host" => 254,
        "nowhere" => 255,
        _ => -1,
    };

    // Assigned by IANA; those that rules are known to use, for hosts without /etc/protocols.
    private static int IpProtocol(string name) => name switch
    {
        "ip" => 0,
        "icmp" => 1,
        "igmp" => 2,
        "ipencap" => 4,
        "tcp" => 6,
        "udp" => 17,
        "dccp" => 33,
        "ipv6" => 41,
        "rsvp" => 46,
        "gre" => 47,
        "esp" => 50,
        "ah" => 51,
        "ipv6-icmp" or "icmpv6" => 58,
        "ospf" => 89,
        "pim" => 103,
        "vrrp" => 112,
        "l2tp" => 115,
        _ => -1,
    };
}
