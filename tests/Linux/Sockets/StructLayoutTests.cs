using System.Diagnostics;
using System.Globalization;
using System.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using Tmds.Linux;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>The structures that cross into the kernel, measured by a C compiler against its headers.</summary>
public sealed class StructLayoutTests
{
    private const string Program = """
        #define _GNU_SOURCE
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/socket.h>
        #include <netinet/in.h>
        #include <linux/netlink.h>
        #include <linux/rtnetlink.h>
        #include <linux/if_addr.h>
        #include <linux/if_link.h>
        #include <linux/ip.h>
        #include <linux/if_packet.h>
        #include <linux/filter.h>
        #define S(t) printf(#t " %zu\n", sizeof(struct t))
        #define F(t, f) printf(#t "." #f " %zu\n", offsetof(struct t, f))
        #define C(c) printf(#c " %ld\n", (long)(c))
        int main(void)
        {
        @
            return 0;
        }
        """;

    private readonly SortedDictionary<string, long> _ours = new(StringComparer.Ordinal);

    [Fact]
    public unsafe void Structures_and_constants_are_those_of_the_kernel_headers()
    {
        nlmsghdr message = default;
        Size("nlmsghdr", sizeof(nlmsghdr));
        Field("nlmsghdr.nlmsg_type", &message, &message.nlmsg_type);
        Field("nlmsghdr.nlmsg_flags", &message, &message.nlmsg_flags);
        Field("nlmsghdr.nlmsg_seq", &message, &message.nlmsg_seq);
        Field("nlmsghdr.nlmsg_pid", &message, &message.nlmsg_pid);
        nlmsgerr error = default;
        Size("nlmsgerr", sizeof(nlmsgerr));
        Field("nlmsgerr.msg", &error, &error.msg);
        sockaddr_nl netlink = default;
        Size("sockaddr_nl", sizeof(sockaddr_nl));
        Field("sockaddr_nl.nl_pid", &netlink, &netlink.nl_pid);
        Field("sockaddr_nl.nl_groups", &netlink, &netlink.nl_groups);
        rtattr attribute = default;
        Size("rtattr", sizeof(rtattr));
        Field("rtattr.rta_type", &attribute, &attribute.rta_type);
        ifinfomsg link = default;
        Size("ifinfomsg", sizeof(ifinfomsg));
        Field("ifinfomsg.ifi_type", &link, &link.ifi_type);
        Field("ifinfomsg.ifi_index", &link, &link.ifi_index);
        Field("ifinfomsg.ifi_flags", &link, &link.ifi_flags);
        Field("ifinfomsg.ifi_change", &link, &link.ifi_change);
        ifaddrmsg address = default;
        Size("ifaddrmsg", sizeof(ifaddrmsg));
        Field("ifaddrmsg.ifa_prefixlen", &address, &address.ifa_prefixlen);
        Field("ifaddrmsg.ifa_flags", &address, &address.ifa_flags);
        Field("ifaddrmsg.ifa_scope", &address, &address.ifa_scope);
        Field("ifaddrmsg.ifa_index", &address, &address.ifa_index);
        ifa_cacheinfo lifetimes = default;
        Size("ifa_cacheinfo", sizeof(ifa_cacheinfo));
        Field("ifa_cacheinfo.ifa_prefered", &lifetimes, &lifetimes.ifa_prefered);
        Field("ifa_cacheinfo.ifa_valid", &lifetimes, &lifetimes.ifa_valid);
        sock_filter instruction = new(code: 0x0102, jt: 3, jf: 4, k: 0x05060708);
        Size("sock_filter", sizeof(sock_filter));
        _ours["sock_filter.jt"] = new ReadOnlySpan<byte>(&instruction, sizeof(sock_filter)).IndexOf((byte)3);
        _ours["sock_filter.jf"] = new ReadOnlySpan<byte>(&instruction, sizeof(sock_filter)).IndexOf((byte)4);
        _ours["sock_filter.k"] = new ReadOnlySpan<byte>(&instruction, sizeof(sock_filter)).IndexOf((byte)8);
        sock_fprog filter = default;
        Size("sock_fprog", sizeof(sock_fprog));
        Field("sock_fprog.filter", &filter, &filter.filter);

        // Those of Tmds.LibC have properties: each is given a value of its own and looked for.
        Size("sockaddr_in", sizeof(sockaddr_in));
        Size("sockaddr_in6", sizeof(sockaddr_in6));
        _ours["sockaddr_in6.sin6_scope_id"] = OffsetOf(new sockaddr_in6 { sin6_scope_id = 0xA5A5A5A5 }, 0xA5A5A5A5);
        Size("sockaddr_ll", sizeof(sockaddr_ll));
        _ours["sockaddr_ll.sll_ifindex"] = OffsetOf(new sockaddr_ll { sll_ifindex = unchecked((int)0xA5A5A5A5) }, 0xA5A5A5A5);
        _ours["sockaddr_ll.sll_protocol"] = OffsetOf(new sockaddr_ll { sll_protocol = 0xA5A5 }, (ushort)0xA5A5);
        Size("in_pktinfo", sizeof(in_pktinfo));
        _ours["in_pktinfo.ipi_ifindex"] = OffsetOf(new in_pktinfo { ipi_ifindex = unchecked((int)0xA5A5A5A5) }, 0xA5A5A5A5);
        Size("in6_pktinfo", sizeof(in6_pktinfo));
        _ours["in6_pktinfo.ipi6_ifindex"] = OffsetOf(new in6_pktinfo { ipi6_ifindex = 0xA5A5A5A5 }, 0xA5A5A5A5);
        Size("ip_mreqn", sizeof(ip_mreqn));
        _ours["ip_mreqn.imr_ifindex"] = OffsetOf(new ip_mreqn { imr_ifindex = unchecked((int)0xA5A5A5A5) }, 0xA5A5A5A5);
        Size("ipv6_mreq", sizeof(ipv6_mreq));
        _ours["ipv6_mreq.ipv6mr_interface"] = OffsetOf(new ipv6_mreq { ipv6mr_interface = 0xA5A5A5A5 }, 0xA5A5A5A5);
        Size("msghdr", sizeof(msghdr));
        _ours["msghdr.msg_namelen"] = OffsetOf(new msghdr { msg_namelen = 0xA5A5A5A5 }, 0xA5A5A5A5);
        _ours["msghdr.msg_iov"] = OffsetOf(new msghdr { msg_iov = (iovec*)0xA5A5A5A5 }, 0xA5A5A5A5);
        _ours["msghdr.msg_control"] = OffsetOf(new msghdr { msg_control = (void*)0xA5A5A5A5 }, 0xA5A5A5A5);
        _ours["msghdr.msg_controllen"] = OffsetOf(new msghdr { msg_controllen = 0xA5A5A5A5 }, 0xA5A5A5A5);
        _ours["msghdr.msg_flags"] = OffsetOf(new msghdr { msg_flags = unchecked((int)0xA5A5A5A5) }, 0xA5A5A5A5);
        Size("mmsghdr", sizeof(mmsghdr));
        _ours["mmsghdr.msg_len"] = OffsetOf(new mmsghdr { msg_len = 0xA5A5A5A5 }, 0xA5A5A5A5);
        Size("iovec", sizeof(iovec));
        Size("cmsghdr", sizeof(cmsghdr));
        _ours["cmsghdr.cmsg_level"] = OffsetOf(new cmsghdr { cmsg_level = unchecked((int)0xA5A5A5A5) }, 0xA5A5A5A5);
        _ours["cmsghdr.cmsg_type"] = OffsetOf(new cmsghdr { cmsg_type = unchecked((int)0xA5A5A5A5) }, 0xA5A5A5A5);

        Constants();

        Assert.Equal(Measure(), _ours);
    }

    private void Constants()
    {
        foreach ((string name, long value) in ((string, long)[])
        [
            ("AF_NETLINK", Libc.AF_NETLINK), ("NETLINK_ROUTE", Libc.NETLINK_ROUTE), ("SOL_NETLINK", Libc.SOL_NETLINK),
            ("NETLINK_CAP_ACK", Libc.NETLINK_CAP_ACK), ("NETLINK_EXT_ACK", Libc.NETLINK_EXT_ACK),
            ("NETLINK_GET_STRICT_CHK", Libc.NETLINK_GET_STRICT_CHK),
            ("NLMSG_NOOP", Libc.NLMSG_NOOP), ("NLMSG_ERROR", Libc.NLMSG_ERROR), ("NLMSG_DONE", Libc.NLMSG_DONE),
            ("NLMSG_OVERRUN", Libc.NLMSG_OVERRUN),
            ("NLM_F_REQUEST", Libc.NLM_F_REQUEST), ("NLM_F_MULTI", Libc.NLM_F_MULTI), ("NLM_F_ACK", Libc.NLM_F_ACK),
            ("NLM_F_DUMP_INTR", Libc.NLM_F_DUMP_INTR), ("NLM_F_DUMP_FILTERED", Libc.NLM_F_DUMP_FILTERED), ("NLM_F_DUMP", Libc.NLM_F_DUMP),
            ("NLM_F_REPLACE", Libc.NLM_F_REPLACE), ("NLM_F_EXCL", Libc.NLM_F_EXCL), ("NLM_F_CREATE", Libc.NLM_F_CREATE),
            ("NLM_F_CAPPED", Libc.NLM_F_CAPPED), ("NLM_F_ACK_TLVS", Libc.NLM_F_ACK_TLVS),
            ("NLA_F_NESTED", Libc.NLA_F_NESTED), ("NLMSGERR_ATTR_MSG", Libc.NLMSGERR_ATTR_MSG),
            ("RTM_NEWLINK", Libc.RTM_NEWLINK), ("RTM_DELLINK", Libc.RTM_DELLINK), ("RTM_GETLINK", Libc.RTM_GETLINK),
            ("RTM_NEWADDR", Libc.RTM_NEWADDR), ("RTM_DELADDR", Libc.RTM_DELADDR), ("RTM_GETADDR", Libc.RTM_GETADDR),
            ("RTMGRP_LINK", Libc.RTMGRP_LINK), ("RTMGRP_IPV4_IFADDR", Libc.RTMGRP_IPV4_IFADDR),
            ("RTMGRP_IPV6_IFADDR", Libc.RTMGRP_IPV6_IFADDR),
            ("IFLA_ADDRESS", Libc.IFLA_ADDRESS), ("IFLA_BROADCAST", Libc.IFLA_BROADCAST), ("IFLA_IFNAME", Libc.IFLA_IFNAME),
            ("IFLA_MTU", Libc.IFLA_MTU), ("IFLA_LINK", Libc.IFLA_LINK), ("IFLA_MASTER", Libc.IFLA_MASTER),
            ("IFLA_WIRELESS", Libc.IFLA_WIRELESS), ("IFLA_OPERSTATE", Libc.IFLA_OPERSTATE), ("IFLA_LINKINFO", Libc.IFLA_LINKINFO),
            ("IFLA_EXT_MASK", Libc.IFLA_EXT_MASK), ("IFLA_LINK_NETNSID", Libc.IFLA_LINK_NETNSID), ("IFLA_INFO_KIND", Libc.IFLA_INFO_KIND),
            ("IFLA_AF_SPEC", Libc.IFLA_AF_SPEC), ("IFLA_GROUP", Libc.IFLA_GROUP), ("IFLA_INFO_DATA", Libc.IFLA_INFO_DATA),
            ("IFLA_INFO_SLAVE_KIND", Libc.IFLA_INFO_SLAVE_KIND), ("IFLA_MACVLAN_MODE", Libc.IFLA_MACVLAN_MODE),
            ("MACVLAN_MODE_PRIVATE", Libc.MACVLAN_MODE_PRIVATE), ("IFLA_IPVLAN_MODE", Libc.IFLA_IPVLAN_MODE),
            ("IFLA_IPVLAN_FLAGS", Libc.IFLA_IPVLAN_FLAGS), ("IPVLAN_MODE_L2", Libc.IPVLAN_MODE_L2),
            ("IPVLAN_F_PRIVATE", Libc.IPVLAN_F_PRIVATE), ("IPVLAN_F_VEPA", Libc.IPVLAN_F_VEPA), ("IFLA_INET_CONF", Libc.IFLA_INET_CONF),
            ("IFLA_INET6_ADDR_GEN_MODE", Libc.IFLA_INET6_ADDR_GEN_MODE), ("IN6_ADDR_GEN_MODE_NONE", Libc.IN6_ADDR_GEN_MODE_NONE),
            ("IPV4_DEVCONF_RP_FILTER", (ushort)Ipv4Setting.RpFilter), ("IPV4_DEVCONF_ARPFILTER", (ushort)Ipv4Setting.ArpFilter),
            ("IPV4_DEVCONF_ARP_IGNORE", (ushort)Ipv4Setting.ArpIgnore), ("IPV4_DEVCONF_PROMOTE_SECONDARIES", (ushort)Ipv4Setting.PromoteSecondaries),
            ("IPV4_DEVCONF_ACCEPT_LOCAL", (ushort)Ipv4Setting.AcceptLocal),
            ("RTEXT_FILTER_SKIP_STATS", Libc.RTEXT_FILTER_SKIP_STATS),
            ("IFA_ADDRESS", Libc.IFA_ADDRESS), ("IFA_LOCAL", Libc.IFA_LOCAL), ("IFA_LABEL", Libc.IFA_LABEL),
            ("IFA_BROADCAST", Libc.IFA_BROADCAST), ("IFA_CACHEINFO", Libc.IFA_CACHEINFO), ("IFA_FLAGS", Libc.IFA_FLAGS),
            ("IFA_PROTO", Libc.IFA_PROTO),
            ("SO_BINDTOIFINDEX", Libc.SO_BINDTOIFINDEX), ("IPV6_MULTICAST_ALL", Libc.IPV6_MULTICAST_ALL),
            ("IP_MULTICAST_ALL", LibC.IP_MULTICAST_ALL), ("IP_FREEBIND", LibC.IP_FREEBIND), ("IPV6_FREEBIND", LibC.IPV6_FREEBIND),
            ("IP_PKTINFO", LibC.IP_PKTINFO), ("IPV6_PKTINFO", LibC.IPV6_PKTINFO), ("IPV6_RECVPKTINFO", LibC.IPV6_RECVPKTINFO),
            ("IPV6_HOPLIMIT", LibC.IPV6_HOPLIMIT), ("IPV6_RECVHOPLIMIT", LibC.IPV6_RECVHOPLIMIT), ("IPV6_TCLASS", LibC.IPV6_TCLASS),
        ])
            _ours[name] = value;
    }

    private void Size(string name, int size) => _ours[name] = size;

    private unsafe void Field(string name, void* structure, void* field) => _ours[name] = (byte*)field - (byte*)structure;

    private static unsafe long OffsetOf<TStructure, TValue>(TStructure structure, TValue value)
        where TStructure : unmanaged
        where TValue : unmanaged
        => new ReadOnlySpan<byte>(&structure, sizeof(TStructure)).IndexOf(new ReadOnlySpan<byte>(&value, sizeof(TValue)));

    private SortedDictionary<string, long> Measure()
    {
        StringBuilder body = new();
        foreach (string name in _ours.Keys)
        {
            string[] parts = name.Split('.');
            string line = parts.Length == 2 ? $"F({parts[0]}, {parts[1]});" : char.IsAsciiLetterUpper(name[0]) ? $"C({name});" : $"S({name});";
            body.Append("    ").AppendLine(line);
        }
        string directory = Directory.CreateTempSubdirectory("keepalived-aot-layout-").FullName;
        try
        {
            string source = Path.Combine(directory, "layout.c");
            string program = Path.Combine(directory, "layout");
            File.WriteAllText(source, Program.Replace("@", body.ToString(), StringComparison.Ordinal));
            Execute("clang", "-o", program, source);
            SortedDictionary<string, long> theirs = new(StringComparer.Ordinal);
            foreach (string line in Execute(program).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                theirs[line.Split(' ')[0]] = long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            return theirs;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Execute(string program, params string[] arguments)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return output;
    }
}
