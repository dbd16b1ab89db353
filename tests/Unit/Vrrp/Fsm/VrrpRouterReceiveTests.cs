using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Datagrams on their way in: what is counted, what is logged how often, and what may touch a timer.</summary>
public class VrrpRouterReceiveTests
{
    private readonly TestWorld _world = new();

    /// <summary>Something that is wrong with a datagram, the line it is logged with, and how it is counted.</summary>
    public sealed record Defect(
        string Name, VrrpParameters Ours, Action<byte[]> Hurt, string Line, Func<VrrpCounters, ulong> Counter)
    {
        public int HopLimit { get; init; } = 255;
        public IpAddress Destination { get; init; }
        public bool IsAccepted { get; init; }
        public override string ToString() => Name;
    }

    private static readonly VrrpParameters Unicast = Version2 with { UnicastPeers = [new UnicastPeer(Lower)] };

    public static readonly Defect[] Defects =
    [
        new("authentication header", Version2, _ => { },
            "(V) Received AH header but auth type not AH from 10.9.0.1", counters => counters.AuthtypeMismatch),
        new("short", Version2, bytes => bytes[23] = 2,
            "(V) vrrp packet from 10.9.0.1 too short, length 40 and expect 44", counters => counters.PacketLenErr),
        new("long", Version2 with { VirtualAddresses = [VirtualAddress, Lower, Higher] }, bytes => bytes[23] = 1,
            "(V) vrrp packet from 10.9.0.1 too long, length 48 and expect 40", counters => counters.PacketLenErr),
        new("hop limit", Version2, _ => { },
            "(V) invalid TTL/HL from 10.9.0.1. Received 254 and expect 255", counters => counters.IpTtlErr) { HopLimit = 254 },
        new("version", Version2, bytes => (bytes[20], bytes[23]) = (0x31, 3),
            "(V) wrong VRRP version from 10.9.0.1. Received 3 and expect 2", counters => counters.VersErr),
        new("authentication type", Version2, bytes => bytes[24] = 9,
            "(V) Invalid auth type from 10.9.0.1: 9", counters => counters.InvalidAuthtype),
        new("other authentication type", Version2, bytes => bytes[24] = 1,
            "(V) received a 1 auth from 10.9.0.1, expecting 0!", counters => counters.AuthtypeMismatch),
        new("password", Version2 with { Authentication = VrrpAuthentication.SimplePassword("secret"u8) }, bytes => bytes[33] ^= 1,
            "(V) received an invalid passwd from 10.9.0.1!", counters => counters.AuthFailure),
        new("interval", Version2, bytes => bytes[25] = 3,
            "(V) advertisement interval mismatch with 10.9.0.1 mine=1 sec rcv'd=3 sec", counters => counters.AdvertIntervalErr),
        new("type", Version2, bytes => bytes[20] = 0x24,
            "(V) Invalid packet type from 10.9.0.1. 4 and expect 1", counters => counters.InvalidTypeRcvd),
        new("total length", Version2, bytes => bytes[3] = 44,
            "(V) ip_tot_len mismatch against received length from 10.9.0.1. 44 and received 40",
            counters => counters.PacketLenErr),
        new("checksum", Version2, bytes => bytes[26] ^= 1,
            "(V) Invalid VRRPv2 checksum from 10.9.0.1", counters => counters.ChkErr),
        new("v3 checksum", Version3, bytes => bytes[26] ^= 1,
            "(V) Invalid VRRPv3 checksum from 10.9.0.1", counters => counters.ChkErr),
        new("unicast", Version2, _ => { },
            "(V) Expected multicast packet but received unicast packet from 10.9.0.1", counters => counters.AddrListErr)
        { Destination = Local },
        new("multicast", Unicast, _ => { },
            "(V) Expected unicast packet but received multicast packet from 10.9.0.1", counters => counters.AddrListErr)
        { Destination = VrrpParameters.DefaultGroupIPv4 },
        new("not a peer", Unicast with { UnicastPeers = [new UnicastPeer(Higher)], CheckUnicastSource = true }, _ => { },
            "(V) unicast source address 10.9.0.1 not a unicast peer", counters => counters.NotAPeer),
        new("hop limit of a peer", Unicast with { UnicastPeers = [new UnicastPeer(Lower, 254, 255)] }, _ => { },
            "(V) TTL/HL 253 from 10.9.0.1 not in range [254, 255]", counters => counters.IpTtlErr) { HopLimit = 253 },
        new("address count", Version3 with { VirtualAddresses = [VirtualAddress, Higher] }, bytes => { },
            "(V) expected 2 VIPs but received 1", counters => counters.AddrListErr) { IsAccepted = true },
        new("address missing", Version2, bytes => { },
            "(V) ip address associated with VRID 51 not present in advert from 10.9.0.1: 10.9.0.100",
            counters => counters.AddrListErr)
        { IsAccepted = true },
    ];

    public static TheoryData<string> Names => [.. Defects.Select(defect => defect.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Defect_is_counted_every_time_and_logged_once(string name)
    {
        Defect defect = Defects.Single(candidate => candidate.Name == name);
        VrrpRouter router = _world.StartActive(defect.Ours);
        _world.Advance(0.5);
        router.TryGetDeadline(VrrpTimer.Adver, out Instant deadline);
        byte[] bytes = BytesOf(defect, priority: 50);

        for (int i = 0; i < 3; i++)
            _world.Receive(router, bytes, Lower, defect.Destination, defect.HopLimit);

        Assert.Single(_world.Texts, text => text == defect.Line);
        Assert.Equal(3UL, defect.Counter(router.Counters));
        if (defect.IsAccepted)
            return;
        Assert.Single(_world.Lines);
        Assert.Empty(_world.Effects);
        router.TryGetDeadline(VrrpTimer.Adver, out Instant after);
        Assert.Equal(deadline, after);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Defect_lets_the_timer_of_a_backup_run(string name)
    {
        Defect defect = Defects.Single(candidate => candidate.Name == name);
        VrrpRouter router = _world.Start(defect.Ours);
        _world.Advance(1);
        router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant before);
        _world.Receive(router, BytesOf(defect, priority: 200), Lower, defect.Destination, defect.HopLimit);
        router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant after);
        Assert.Equal(defect.IsAccepted, after > before);
    }

    [Fact]
    public void Every_fault_has_a_defect_here_or_a_test_of_its_own()
        => Assert.Equal(Enum.GetValues<KeepalivedAot.Vrrp.Wire.VrrpFault>().Count(static fault => !IsOfAuthentication(fault.ToString())), Defects.Length);

    // Those are made and judged in Authentication/.
    private static bool IsOfAuthentication(string fault) => fault.StartsWith("Header", StringComparison.Ordinal)
        || fault.StartsWith("Trailer", StringComparison.Ordinal) || fault == "MissingAuthenticationHeader";

    [Fact]
    public void Log_limit_is_lifted_when_the_role_is_left()
    {
        VrrpRouter router = _world.StartActive(Version2);
        byte[] bad = BytesOf(Defects.Single(defect => defect.Name == "checksum"), 50);
        _world.Receive(router, bad, Lower);
        _world.Receive(router, bad, Lower);
        _world.Hear(router, Higher, 200);
        _world.Receive(router, bad, Lower);
        Assert.Equal(2, _world.Texts.Count(text => text.Contains("Invalid VRRPv2 checksum", StringComparison.Ordinal)));
    }

    [Fact]
    public void Log_limit_is_lifted_when_another_router_is_followed()
    {
        VrrpRouter router = _world.Start(Version2);
        byte[] bad = BytesOf(Defects.Single(defect => defect.Name == "checksum"), 50);
        _world.Hear(router, Higher, 200);
        _world.Receive(router, bad, Lower);
        _world.Hear(router, Higher, 200);
        _world.Receive(router, bad, Lower);
        Assert.Single(_world.Texts, text => text.Contains("checksum", StringComparison.Ordinal));
        _world.Hear(router, IpAddress.Parse("10.9.0.4"), 200);
        _world.Receive(router, bad, Lower);
        Assert.Equal(2, _world.Texts.Count(text => text.Contains("checksum", StringComparison.Ordinal)));
    }

    [Fact]
    public void Foreign_vrid_is_none_of_our_business()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Forget();
        _world.Hear(router, Higher, 200, Version2 with { Vrid = new Vrid(52) });
        Assert.Empty(_world.Lines);
        Assert.Equal(0UL, router.Counters.AdvertRcvd);
    }

    [Fact]
    public void Stream_of_bad_packets_does_not_silence_an_active_router()
    {
        VrrpRouter router = _world.StartActive(Version2);
        byte[] bad = BytesOf(Defects.Single(defect => defect.Name == "checksum"), 200);
        for (int i = 0; i < 100; i++)
        {
            _world.Receive(router, bad, Higher);
            _world.Advance(0.1);
        }
        Assert.Equal(10, _world.Datagrams.Count);
    }

    [Fact]
    public void V3_backup_learns_the_interval_and_restores_its_own_when_active()
    {
        VrrpRouter router = _world.Start(Version3);
        VrrpParameters slow = Version3 with { AdvertisementInterval = Duration.FromSeconds(2) };
        _world.Hear(router, Higher, 200, slow);
        Assert.Equal(Duration.FromSeconds(2), router.ActiveAdverInterval);
        Assert.Contains("(V) advertisement interval updated from 1000ms to 2000ms by master", _world.Texts);
        _world.Advance(7.21);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.01);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(Duration.FromSeconds(1), router.ActiveAdverInterval);
        Assert.Contains("(V) changing advert interval from 2000ms to locally configured 1000ms", _world.Texts);
        _world.Forget();
        _world.Advance(1);
        Assert.Single(_world.Datagrams);
    }

    [Fact]
    public void V3_interval_mismatch_is_logged_with_every_packet()
    {
        VrrpRouter router = _world.Start(Version3);
        VrrpParameters slow = Version3 with { AdvertisementInterval = Duration.FromMilliseconds(2500) };
        _world.Hear(router, Higher, 200, slow);
        _world.Hear(router, Higher, 200, slow);
        const string Line = "(V) advertisement interval mismatch ours = 100 centi-sec rcv'd=250 centi-sec";
        Assert.Equal(2, _world.Texts.Count(text => text == Line));
    }

    [Fact]
    public void Lines_about_received_packets_are_bounded_and_what_was_left_out_is_told()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Forget();
        for (int i = 0; i < 1000; i++)
            _world.Hear(router, Lower, 50);
        const string Line = "(V) Received advert from 10.9.0.1 with lower priority 50, ours 100, forcing new election";
        Assert.Equal(Enumerable.Repeat(Line, 40), _world.Texts.Where(text => !text.Contains("VIP", StringComparison.Ordinal)));
        Assert.Equal(1000UL, router.Counters.AdvertRcvd);
        _world.Sleep(0.5);
        _world.Forget();
        _world.Hear(router, Lower, 50);
        _world.Hear(router, Lower, 50);
        Assert.Equal(["(V) 960 lines about received packets were left out: too many at once", Line], _world.Texts);
        // A pause fills the purse again, but not beyond its size.
        _world.Sleep(3600);
        _world.Forget();
        for (int i = 0; i < 100; i++)
            _world.Hear(router, Lower, 50);
        Assert.Equal(40, _world.Texts.Count(text => text == Line));
    }

    [Fact]
    public void Storm_of_lower_priorities_is_answered_once_a_millisecond_and_not_more_often()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Forget();
        for (int i = 0; i < 100; i++)
        {
            _world.Hear(router, Lower, 50);
            _world.Sleep(0.0001);
        }
        Assert.Equal(10, _world.Effects.Count(effect => effect.Contains("advert", StringComparison.Ordinal)));
        Assert.Equal(10, _world.Effects.Count(effect => effect.Contains("announce", StringComparison.Ordinal)));
    }

    [Fact]
    public void Change_of_state_is_told_however_many_lines_there_were()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int i = 0; i < 100; i++)
            _world.Hear(router, Lower, 50);
        _world.Forget();
        _world.Hear(router, Higher, 200);
        Assert.Contains("(V) Master received advert from 10.9.0.3 with higher priority 200, ours 100", _world.Texts);
    }

    [Fact]
    public void Active_that_yields_in_v3_waits_by_the_interval_of_the_other()
    {
        VrrpRouter router = _world.StartActive(Version3);
        _world.Hear(router, Higher, 200, Version3 with { AdvertisementInterval = Duration.FromMilliseconds(100) });
        router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline);
        Assert.Equal(360_937_500, (deadline - _world.Now).Nanoseconds);
    }

    [Fact]
    public void Address_list_of_the_same_router_is_skipped_when_asked_to()
    {
        VrrpRouter router = _world.Start(Version2 with { SkipCheckAdvAddr = true });
        VrrpParameters other = Version2 with { VirtualAddresses = [Lower] };
        _world.Hear(router, Higher, 200, other);
        Assert.Equal(1UL, router.Counters.AddrListErr);
        _world.Hear(router, Higher, 200, other);
        Assert.Equal(1UL, router.Counters.AddrListErr);
        _world.Hear(router, Lower, 200, other);
        Assert.Equal(2UL, router.Counters.AddrListErr);
    }

    [Fact]
    public void Address_list_in_another_order_is_the_same_list()
    {
        VrrpRouter router = _world.Start(Version2 with { VirtualAddresses = [VirtualAddress, Lower, Higher] });
        _world.Hear(router, Higher, 200, Version2 with { VirtualAddresses = [Higher, VirtualAddress, Lower] });
        Assert.Equal(0UL, router.Counters.AddrListErr);
    }

    [Fact]
    public void Master_lines_name_the_first_and_each_new_router()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Hear(router, Higher, 200);
        _world.Hear(router, Higher, 200);
        _world.Hear(router, Lower, 201);
        Assert.Contains("(V) master set to 10.9.0.3", _world.Texts);
        Assert.Contains("(V) master changed from 10.9.0.3 to 10.9.0.1", _world.Texts);
        Assert.Equal(2, _world.Texts.Count(text => text.Contains("master ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Unicast_source_that_is_no_peer_is_accepted_when_nobody_asks()
    {
        VrrpRouter router = _world.Start(Unicast);
        _world.Hear(router, Higher, 200);
        Assert.Equal(Higher, router.ActiveRouterAddress);
    }

    [Fact]
    public void IPv6_of_the_other_cast_is_silently_ignored()
    {
        VrrpParameters ours = Version3 with { Family = AddressFamily.IPv6, VirtualAddresses = [IpAddress.Parse("fe80::6")] };
        IpAddress from = IpAddress.Parse("fe80::1");
        VrrpRouter router = _world.Make(ours);
        router.Start(VrrpFaults.None, IpAddress.Parse("fe80::2"), 1500, Duration.Zero, _world.Now);
        _world.Forget();
        _world.Receive(router, Datagram.Of(ours, from, 200, destination: router.LocalAddress), from, router.LocalAddress);
        Assert.Equal(0UL, router.Counters.AdvertRcvd);
        Assert.Empty(_world.Lines);
        _world.Hear(router, from, 200);
        Assert.Equal(1UL, router.Counters.AdvertRcvd);
        Assert.Equal(from, router.ActiveRouterAddress);
    }

    [Fact]
    public void Old_unicast_checksum_is_answered_in_kind()
    {
        VrrpParameters unicast = Version3 with { UnicastPeers = [new UnicastPeer(Higher)] };
        VrrpRouter router = _world.Start(unicast);
        byte[] old = Datagram.Of(unicast, Higher, 200);
        Datagram.WriteChecksum(old.AsSpan(20), unicast, Higher, unicast.Group);
        _world.Receive(router, old, Higher);
        _world.Receive(router, old, Higher);
        Assert.Single(_world.Texts, text => text == "(V) Setting unicast VRRPv3 checksum to old version");
        _world.Advance(4);
        byte[] expected = Datagram.Message(unicast, Local, 100, unicast.Group);
        Assert.Equal(expected, _world.Datagrams[0][20..]);
    }

    [Fact]
    public void Counters_can_be_cleared()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Hear(router, Lower, 50);
        router.Counters.Clear();
        Assert.Equal(0UL, router.Counters.AdvertRcvd + router.Counters.AdvertSent + router.Counters.BecomeMaster);
    }

    private static byte[] BytesOf(Defect defect, int priority)
    {
        VrrpParameters sender = defect.Name switch
        {
            "address count" => defect.Ours with { VirtualAddresses = [VirtualAddress] },
            "address missing" => defect.Ours with { VirtualAddresses = [Higher] },
            _ => defect.Ours,
        };
        byte[] bytes = Datagram.Of(sender, Lower, priority, destination: defect.Destination);
        if (defect.Name == "authentication header")
        {
            bytes = [.. bytes[..20], .. new byte[24], .. bytes[20..]];
            (bytes[3], bytes[9]) = (64, 51);
        }
        defect.Hurt(bytes);
        return bytes;
    }

    [Fact]
    public void Interval_of_zero_is_not_learned()
    {
        VrrpRouter router = _world.Start(Version3);
        _world.Hear(router, Higher, 200, Version3 with { AdvertisementInterval = Duration.Zero });

        Assert.Equal(Higher, router.ActiveRouterAddress);
        Assert.Equal(Version3.AdvertisementInterval, router.ActiveAdverInterval);
        Assert.True(router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline));
        Assert.Equal(_world.Now + router.ActiveDownInterval, deadline);
    }
}
