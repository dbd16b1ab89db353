namespace KeepalivedAot.Config.Diagnostics;

// Groups of instances and of interfaces, devices of instances, and what else an instance has.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind UnknownMember = Error(
        440, ConfigErrorClass.GeneralError, "member that is no vrrp_instance", "It is ignored.");

    public static readonly DiagnosticKind MemberOfTwo = Error(
        441, ConfigErrorClass.GeneralError, "instance in two groups", "The first group counts.");

    public static readonly DiagnosticKind GroupWithoutMembers = Error(
        442, ConfigErrorClass.GeneralError, "group without members", "It is left out.");

    public static readonly DiagnosticKind GroupOfOne = Error(
        443, ConfigErrorClass.GeneralError, "group of one", "Nothing is kept together by it.");

    public static readonly DiagnosticKind GroupOfOwners = Warning(
        444, ConfigErrorClass.Ok, "group with an address owner and others", "An owner wants to be active always, and must wait for the others.");

    public static readonly DiagnosticKind GarpGroupWithoutInterval = Error(
        445, ConfigErrorClass.GeneralError, "garp_group without an interval", "It is left out.");

    public static readonly DiagnosticKind GarpGroupInterface = Error(
        446, ConfigErrorClass.GeneralError, "interface in two garp_groups", "The first group counts.");

    public static readonly DiagnosticKind LongGarpInterval = Warning(
        447, ConfigErrorClass.Ok, "interval of a second or more", "Each message waits for the one before; a failover of many addresses takes long.");

    public static readonly DiagnosticKind VmacAndIpvlan = Error(
        450, ConfigErrorClass.GeneralError, "interface of the instance's own given twice", "The first one counts.");

    public static readonly DiagnosticKind VmacNameTaken = Error(
        451, ConfigErrorClass.GeneralError, "name of an interface given to two instances", "The later one gets the usual name.");

    public static readonly DiagnosticKind InvalidMac = Misread(
        452, ConfigErrorClass.GeneralError, "MAC address that cannot be used",
        "Five or six octets, no multicast address, and none of those that VRRP keeps for itself (RFC 9568, 7.3).");

    public static readonly DiagnosticKind IpvlanAddress = Error(
        453, ConfigErrorClass.GeneralError, "use_ipvlan without an address it can use", "An IPv4 instance advertises from it.");

    public static readonly DiagnosticKind XmitBaseWithoutVmac = Error(
        454, ConfigErrorClass.GeneralError, "vmac_xmit_base without a VMAC", null);

    public static readonly DiagnosticKind VrfNotPossible = Error(
        455, ConfigErrorClass.GeneralError, "vrf that cannot be used", "It is for unicast without an interface.");

    /// <summary>keepalived's test says nothing of it.</summary>
    public static readonly DiagnosticKind SameVmac = Warning(
        457, ConfigErrorClass.Ok, "one virtual MAC address for two instances on one interface",
        "The kernel gives each MAC address to one interface only; the later instance stays in FAULT.");

    public static readonly DiagnosticKind TimerExpiredBackup = Error(
        456, ConfigErrorClass.GeneralError, "timer_expired_backup without nopreempt", "It is ignored.");

    public static readonly DiagnosticKind HmacDropped = Error(
        460, ConfigErrorClass.GeneralError, "auth_hmac that is not used", "The block is ignored, and advertisements go out without authentication.");

    public static readonly DiagnosticKind HmacKey = Misread(
        461, ConfigErrorClass.GeneralError, "key that cannot be used", "A secret has 32 to 64 bytes; each key has a number of its own.");

    public static readonly DiagnosticKind HmacSetting = Error(
        462, ConfigErrorClass.GeneralError, "setting of auth_hmac that cannot hold", null);

    public static readonly DiagnosticKind KeyUnreadable = Misread(
        463, ConfigErrorClass.GeneralError, "key that cannot be read", "Advertisements that are made with it are not accepted.");

    public static readonly DiagnosticKind ActiveKeyUnreadable = Fatal(
        464, ConfigErrorClass.Fatal, "active key that cannot be read", "Nobody would listen to a router that cannot sign, and there would be two masters.");

    public static readonly DiagnosticKind KeyFileOpen = Error(
        465, ConfigErrorClass.SecurityError, "key that others can read", "Whoever has the key can become master.");
}
