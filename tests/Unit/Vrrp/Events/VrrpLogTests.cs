using System.Reflection;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Tests.Unit.Vrrp.Events;

/// <summary>Id, level and wording of every event: what people grep for must not change by accident.</summary>
public class VrrpLogTests
{
    private const LogLevel Error = LogLevel.Error;
    private const LogLevel Warning = LogLevel.Warning;
    private const LogLevel Info = LogLevel.Info;
    private const LogLevel Detail = LogLevel.Detail;

    private static readonly IpAddress A = IpAddress.Parse("10.0.0.1");
    private static readonly IpAddress B = IpAddress.Parse("10.0.0.2");
    private static readonly IpAddress Six = IpAddress.Parse("fe80::1");
    private static readonly Priority P100 = new(100);
    private static readonly Priority P150 = new(150);

    private static readonly (int Id, LogLevel Level, string Text, Action<VrrpLog> Write)[] Events =
    [
        (1001, Info, "(V) Entering MASTER STATE", log => log.EnteringActive("V")),
        (1002, Info, "(V) Entering BACKUP STATE", log => log.EnteringBackup("V")),
        (1003, Info, "(V) Entering FAULT STATE", log => log.EnteringFault("V")),
        (1004, Info, "(V) Entering BACKUP STATE (init)", log => log.StartingAsBackup("V")),
        (1005, Info, "(V) Entering FAULT STATE (init)", log => log.StartingInFault("V")),
        (1006, Info, "(V) reason: no fault is left", log => log.Reason("V", new TransitionReason(TransitionCause.FaultCleared))),
        (1007, Info, "(V): entering FAULT state (interface eth0 down)", log => log.FaultOfInterface("V", "eth0")),
        (1008, Info, "(V) entering FAULT state (no IPv6 address for interface)",
            log => log.FaultOfAddress("V", AddressFamily.IPv6)),
        (1009, Info, "(V) entering FAULT state", log => log.FaultOfAnotherKind("V")),
        (1010, Info, "(V) reason: script chk failed", log => log.Because("V", "script chk failed")),
        (1011, Info, "(V): entering FAULT state (tracked file f has status -254)", log => log.FaultOfFile("V", "f", -254)),
        (1012, Info, "(V) entering FAULT state (tracked process p quorum not achieved)", log => log.FaultOfProcess("V", "p")),
        (1013, Detail, "(V): tracked file f now FAULT state", log => log.FileIsFault("V", "f")),
        (1014, Detail, "(V): tracked file f leaving FAULT state", log => log.FileIsNoFault("V", "f")),
        (1080, Info, "VRRP_Group(G) Syncing instances to MASTER state", log => log.GroupSyncing("G", VrrpState.Active)),
        (1081, Info, "VRRP_Group(G): Syncing V to FAULT state", log => log.GroupStartsInFault("G", "V")),
        (1020, Detail, "(V) Backup received priority 0 advertisement", log => log.ReleaseHeardByBackup("V")),
        (1021, Info, "(V) received lower priority (100) advert from 10.0.0.1 - discarding",
            log => log.LowerPriorityDiscarded("V", P100, A)),
        (1022, Detail, "(V) Receive advertisement timeout", log => log.ActiveDownTimerExpired("V")),
        (1023, Detail, "(V) master set to 10.0.0.1", log => log.ActiveRouterSet("V", A)),
        (1024, Detail, "(V) master changed from 10.0.0.1 to 10.0.0.2", log => log.ActiveRouterChanged("V", A, B)),
        (1025, Detail, "(V) advertisement interval updated from 1000ms to 10ms by master",
            log => log.IntervalLearned("V", Duration.FromSeconds(1), Duration.FromCentiseconds(1))),
        (1026, Detail, "(V) changing advert interval from 10ms to locally configured 1000ms",
            log => log.IntervalRestored("V", Duration.FromCentiseconds(1), Duration.FromSeconds(1))),
        (1027, Detail, "(V) start preempt delay (4.050000)",
            log => log.PreemptDelayStarted("V", Duration.FromMilliseconds(4050))),
        (1028, Detail, "(V) stop preempt delay", log => log.PreemptDelayStopped("V")),
        (1029, Detail, "(V) Master received priority 0 message", log => log.ReleaseHeardByActive("V")),
        (1030, Info, "(V) Received advert from 10.0.0.1 with lower priority 100, ours 150, forcing new election",
            log => log.LowerPriorityHeard("V", A, P100, P150, answered: true)),
        (1030, Info, "(V) Received advert from 10.0.0.1 with lower priority 100, ours 150",
            log => log.LowerPriorityHeard("V", A, P100, P150, answered: false)),
        (1031, Info, "(V) Master received advert from 10.0.0.1 with higher priority 150, ours 100",
            log => log.HigherPriorityHeard("V", A, P150, P100)),
        (1032, Info, "(V) Master received advert from 10.0.0.2 with same priority 100 but higher IP address than ours",
            log => log.HigherAddressHeard("V", B, P100)),
        (1033, Warning, "(V) WARNING - equal priority advert received from remote host with our IP address.",
            log => log.OwnAddressHeard("V")),
        (1034, Info, "(V) sent 0 priority", log => log.ReleaseSent("V")),
        (1035, Info, "(V) Changing effective priority from 100 to 150", log => log.PriorityChanged("V", P100, P150)),
        (1037, Info, "(V) Setting effective priority to 150", log => log.PrioritySet("V", P150)),
        (1036, Info, "VRRP thread timer expired 3.000500 seconds ago",
            log => log.TimerFoundLate(Duration.FromMicroseconds(3_000_500))),
        (1040, Error, "(V) CONFIGURATION ERROR: local instance and 10.0.0.1 are both configured as address owner, please resolve",
            log => log.TwoOwners("V", A)),
        (1041, Error, "(V) 10.0.0.1 is still advertising as address owner, please resolve - reducing our priority",
            log => log.OtherOwnerStays("V", A)),
        (1042, Info, "(V): rogue address owner appears to have stopped advertising", log => log.OtherOwnerGone("V")),
        (1043, Info, "(V) Restoring our priority to 255 since other address owner has disappeared",
            log => log.OwnerPriorityRestored("V", Priority.Owner)),
        (1050, Detail, "(V) setting VIPs.", log => log.SettingAddresses("V")),
        (1051, Detail, "(V) setting E-VIPs.", log => log.SettingExcludedAddresses("V")),
        (1052, Detail, "(V) removing VIPs.", log => log.RemovingAddresses("V")),
        (1053, Detail, "(V) removing E-VIPs.", log => log.RemovingExcludedAddresses("V")),
        (1054, Detail, "Netlink reflector reports IP 10.0.0.1 removed from eth0", log => log.AddressLost(A, "eth0")),
        (1055, Info, "(V) ip address 10.0.0.1 dev eth0, no longer exist", log => log.AddressNoLongerConfigured("V", A, "eth0")),
        (1056, Error,
            "(V) Number of VIPs (600) exceeds maximum/space available in packet (max 255 addresses) - excess moved to eVIPs",
            log => log.TooManyAddresses("V", 600, 255)),
        (1057, Detail, "(V) setting firewall drop rule", log => log.SettingDropRule("V")),
        (1058, Detail, "(V) removing firewall drop rule", log => log.RemovingDropRule("V")),
        (1060, Detail, "(V) Sending/queueing gratuitous ARPs on eth0 for 10.0.0.1", log => log.AnnouncingByArp("V", "eth0", A)),
        (1061, Detail, "(V) Sending/queueing Unsolicited Neighbour Adverts on eth0 for fe80::1",
            log => log.AnnouncingByNeighbourAdvertisement("V", "eth0", Six)),
        (1062, Detail, "Sending gratuitous ARP on eth0 for 10.0.0.1", log => log.SendingArp("eth0", A)),
        (1063, Detail, "Sending unsolicited Neighbour Advert on eth0 for fe80::1",
            log => log.SendingNeighbourAdvertisement("eth0", Six)),
        (1064, Detail, "eth0: sending gratuitous ARP for 10.0.0.1", log => log.AnnouncingSource("eth0", A)),
        (1070, Info, "(V): send advert error 100 (Network is down)", log => log.SendFailed("V", 100, "Network is down")),
        (1071, Info, "(V) Cant send advert to 10.0.0.1 (Network is down)",
            log => log.SendToPeerFailed("V", A, "Network is down")),
        (1072, Info, "Unknown VRID(51) received on interface(eth0). ignoring...", log => log.UnknownVrid(new Vrid(51), "eth0")),
        (1100, Info, "(V) Received AH header but auth type not AH from 10.0.0.1",
            log => log.UnexpectedAuthenticationHeader("V", A)),
        (1101, Info, "(V) vrrp packet from 10.0.0.1 too short, length 30 and expect 40", log => log.TooShort("V", A, 30, 40)),
        (1102, Info, "(V) vrrp packet from 10.0.0.1 too long, length 50 and expect 40", log => log.TooLong("V", A, 50, 40)),
        (1103, Info, "(V) invalid TTL/HL from 10.0.0.1. Received 64 and expect 255", log => log.HopLimit("V", A, 64, 255)),
        (1104, Info, "(V) wrong VRRP version from 10.0.0.1. Received 3 and expect 2", log => log.Version("V", A, 3, 2)),
        (1105, Info, "(V) Invalid auth type from 10.0.0.1: 7", log => log.InvalidAuthenticationType("V", A, 7)),
        (1106, Info, "(V) received a 1 auth from 10.0.0.1, expecting 0!", log => log.AuthenticationTypeMismatch("V", A, 1, 0)),
        (1107, Info, "(V) received an invalid passwd from 10.0.0.1!", log => log.WrongPassword("V", A)),
        (1108, Info, "(V) advertisement interval mismatch with 10.0.0.1 mine=1 sec rcv'd=3 sec",
            log => log.IntervalMismatchV2("V", A, 1, 3)),
        (1109, Info, "(V) Invalid packet type from 10.0.0.1. 4 and expect 1", log => log.InvalidType("V", A, 4, 1)),
        (1110, Info, "(V) ip_tot_len mismatch against received length from 10.0.0.1. 44 and received 40",
            log => log.TotalLengthMismatch("V", A, 44, 40)),
        (1111, Info, "(V) advertisement interval mismatch ours = 100 centi-sec rcv'd=50 centi-sec",
            log => log.IntervalMismatchV3("V", Duration.FromSeconds(1), Duration.FromMilliseconds(500))),
        (1112, Info, "(V) Invalid VRRPv3 checksum from 10.0.0.1", log => log.WrongChecksum("V", VrrpVersion.V3, A)),
        (1113, Info, "(V) Setting unicast VRRPv3 checksum to old version", log => log.OldUnicastChecksum("V")),
        (1114, Info, "(V) Expected unicast packet but received multicast packet from 10.0.0.1",
            log => log.Cast("V", expectedUnicast: true, A)),
        (1115, Info, "(V) Dropping packet(s) from 10.0.0.1 since we are address owner", log => log.IgnoringAsOwner("V", A)),
        (1116, Info, "(V) expected 2 VIPs but received 3", log => log.AddressCount("V", 2, 3)),
        (1117, Info, "(V) ip address associated with VRID 51 not present in advert from 10.0.0.1: 10.0.0.2",
            log => log.AddressMissing("V", new Vrid(51), A, B)),
        (1118, Info, "(V) unicast source address 10.0.0.1 not a unicast peer", log => log.NotAPeer("V", A)),
        (1119, Info, "(V) TTL/HL 3 from 10.0.0.1 not in range [254, 255]", log => log.PeerHopLimit("V", A, 3, 254, 255)),
        (1120, Info, "(V) 7 lines about received packets were left out: too many at once", log => log.LinesLeftOut("V", 7)),
        (1140, Info, "(V) No AH header but auth type is AH from 10.0.0.1", log => log.MissingAuthenticationHeader("V", A)),
        (1141, Info, "(V) IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !", log => log.HeaderCheckValue("V")),
        (1142, Info, "(V) IPSEC AH : invalid IPSEC SPI value. 4294967295 and expect 1", log => log.HeaderIndex("V", uint.MaxValue, 1)),
        (1143, Info, "(V) IPSEC-AH : sequence number 7 already processed. Packet dropped. Local(4294967294)",
            log => log.HeaderSequence("V", 7, 0xFFFFFFFE)),
        (1144, Info, "(V) IPSEC-AH : Syncing seq_num - Increment seq", log => log.SequenceSkipped("V")),
        (1145, Info, "(V) no auth_hmac trailer from 10.0.0.1", log => log.TrailerMissing("V", A, accepted: false)),
        (1145, Info, "(V) no auth_hmac trailer from 10.0.0.1, accepted (mode permissive)", log => log.TrailerMissing("V", A, accepted: true)),
        (1146, Info, "(V) malformed auth_hmac trailer from 10.0.0.1", log => log.TrailerMalformed("V", A)),
        (1147, Info, "(V) stale auth_hmac timestamp from 10.0.0.1: 9 seconds behind our clock, time_window is 5", log => log.TrailerStale("V", A, 9, 5)),
        (1147, Info, "(V) stale auth_hmac timestamp from 10.0.0.1: 2147483648 seconds ahead of our clock, time_window is 5",
            log => log.TrailerStale("V", A, int.MinValue, 5)),
        (1148, Info, "(V) unknown auth_hmac key 9 from 10.0.0.1", log => log.TrailerUnknownKey("V", A, 9)),
        (1149, Info, "(V) invalid auth_hmac from 10.0.0.1, made with key 9", log => log.TrailerCode("V", A, 9)),
        (1160, LogLevel.Warning, "(V) 10.0.0.1 also uses VRID 51, for 10.0.0.2",
            log => log.Conflict("V", new Conflict(ConflictKind.ForeignVrid, A) { Vrid = new Vrid(51), ForeignAddress = B })),
        (1150, Info, "(V) replayed auth_hmac advert from 10.0.0.1", log => log.TrailerReplay("V", A)),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Events.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Event_has_its_id_level_and_wording(int index)
    {
        (int id, LogLevel level, string text, Action<VrrpLog> write) = Events[index];
        TestWorld world = new();
        write(new VrrpLog(world.Log));
        Assert.Equal([(level, id, text)], world.Lines);
    }

    [Fact]
    public void Every_event_is_in_this_list_and_no_id_is_used_twice()
    {
        MethodInfo[] methods = typeof(VrrpLog).GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        Assert.Equal(methods.Length, Events.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void Detail_is_not_even_formatted_below_its_threshold()
    {
        TestWorld world = new();
        world.Log.Threshold = LogLevel.Info;
        VrrpRouter router = world.Start(TestWorld.Version2);
        world.Hear(router, TestWorld.Higher, 200);
        Assert.Equal(["(V) Entering BACKUP STATE (init)", "(V) reason: started with priority 100"], world.Texts);
    }

    [Fact]
    public void Life_of_a_router_reads_as_keepalived_tells_it()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(TestWorld.Version2 with { ExcludedAddresses = [B] });
        world.Advance(4);
        router.Stop(world.Now);
        Assert.Equal(
            [
                "(V) removing VIPs.",
                "(V) removing E-VIPs.",
                "(V) Entering BACKUP STATE (init)",
                "(V) reason: started with priority 100",
                "(V) Receive advertisement timeout",
                "(V) Entering MASTER STATE",
                "(V) reason: no router heard for 3.609 s (limit 3.609 s)",
                "(V) setting VIPs.",
                "(V) setting E-VIPs.",
                "(V) sent 0 priority",
                "(V) removing VIPs.",
                "(V) removing E-VIPs.",
            ],
            world.Texts);
    }

    [Fact]
    public void Life_of_a_router_that_does_not_accept_reads_as_keepalived_tells_it()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(TestWorld.Version2 with { AcceptMode = false });
        world.Advance(4);
        router.Reconfigure(TestWorld.Version2, world.Now, addressesMoved: false);
        router.Reconfigure(TestWorld.Version2 with { AcceptMode = false }, world.Now, addressesMoved: false);
        router.Stop(world.Now);
        Assert.Equal(
            [
                "(V) removing VIPs.",
                "(V) removing firewall drop rule",
                "(V) setting firewall drop rule",
                "(V) setting VIPs.",
                "(V) removing firewall drop rule",
                "(V) setting firewall drop rule",
                "(V) removing VIPs.",
                "(V) removing firewall drop rule",
            ],
            world.Texts.Where(static line => line.Contains("VIPs", StringComparison.Ordinal) || line.Contains("firewall", StringComparison.Ordinal)));
    }
}
