namespace KeepalivedAot.Linux.Interop;

// linux/rtnetlink.h, linux/fib_rules.h, linux/lwtunnel.h, linux/mpls_iptunnel.h, linux/ila.h
internal static partial class Libc
{
    public const ushort NLM_F_APPEND = 0x800;

    public const ushort RTM_NEWROUTE = 24;
    public const ushort RTM_DELROUTE = 25;
    public const ushort RTM_GETROUTE = 26;
    public const ushort RTM_NEWRULE = 32;
    public const ushort RTM_DELRULE = 33;
    public const ushort RTM_GETRULE = 34;

    public const uint RTMGRP_IPV4_ROUTE = 0x40;
    public const uint RTMGRP_IPV4_RULE = 0x80;
    public const uint RTMGRP_IPV6_ROUTE = 0x400;

    // RTNLGRP_IPV6_RULE is 19; the names of the bits end before it.
    public const uint RTMGRP_IPV6_RULE = 1 << (19 - 1);

    public const byte RT_TABLE_UNSPEC = 0;
    public const byte RT_TABLE_MAIN = 254;
    public const byte RT_SCOPE_NOWHERE = 255;
    public const byte RTN_UNICAST = 1;
    public const byte RTNH_F_ONLINK = 4;

    public const ushort RTA_DST = 1;
    public const ushort RTA_SRC = 2;
    public const ushort RTA_OIF = 4;
    public const ushort RTA_GATEWAY = 5;
    public const ushort RTA_PRIORITY = 6;
    public const ushort RTA_PREFSRC = 7;
    public const ushort RTA_METRICS = 8;
    public const ushort RTA_MULTIPATH = 9;
    public const ushort RTA_FLOW = 11;
    public const ushort RTA_TABLE = 15;
    public const ushort RTA_VIA = 18;
    public const ushort RTA_PREF = 20;
    public const ushort RTA_ENCAP_TYPE = 21;
    public const ushort RTA_ENCAP = 22;
    public const ushort RTA_EXPIRES = 23;
    public const ushort RTA_TTL_PROPAGATE = 26;

    public const ushort RTAX_CC_ALGO = 16;

    public const ushort LWTUNNEL_ENCAP_MPLS = 1;
    public const ushort LWTUNNEL_ENCAP_IP = 2;
    public const ushort LWTUNNEL_ENCAP_ILA = 3;
    public const ushort LWTUNNEL_ENCAP_IP6 = 4;

    // LWTUNNEL_IP_* and LWTUNNEL_IP6_*, which have the same numbers.
    public const ushort LWTUNNEL_IP_ID = 1;
    public const ushort LWTUNNEL_IP_DST = 2;
    public const ushort LWTUNNEL_IP_SRC = 3;
    public const ushort LWTUNNEL_IP_TTL = 4;
    public const ushort LWTUNNEL_IP_TOS = 5;
    public const ushort LWTUNNEL_IP_FLAGS = 6;

    public const ushort MPLS_IPTUNNEL_DST = 1;
    public const ushort ILA_ATTR_LOCATOR = 1;

    public const ushort FRA_DST = 1;
    public const ushort FRA_SRC = 2;
    public const ushort FRA_IIFNAME = 3;
    public const ushort FRA_GOTO = 4;
    public const ushort FRA_PRIORITY = 6;
    public const ushort FRA_FWMARK = 10;
    public const ushort FRA_FLOW = 11;
    public const ushort FRA_TUN_ID = 12;
    public const ushort FRA_SUPPRESS_IFGROUP = 13;
    public const ushort FRA_SUPPRESS_PREFIXLEN = 14;
    public const ushort FRA_TABLE = 15;
    public const ushort FRA_FWMASK = 16;
    public const ushort FRA_OIFNAME = 17;
    public const ushort FRA_L3MDEV = 19;
    public const ushort FRA_UID_RANGE = 20;
    public const ushort FRA_PROTOCOL = 21;
    public const ushort FRA_IP_PROTO = 22;
    public const ushort FRA_SPORT_RANGE = 23;
    public const ushort FRA_DPORT_RANGE = 24;

    public const uint FIB_RULE_INVERT = 2;
}
