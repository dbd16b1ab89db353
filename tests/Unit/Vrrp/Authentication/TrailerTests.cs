using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>auth_hmac: what a router sends, what it accepts in which mode, and in which order it complains.</summary>
public class TrailerTests
{
    private static readonly VrrpParameters OverIPv6 = Version3 with
    {
        Family = AddressFamily.IPv6,
        SourceAddress = IpAddress.Parse("fe80::2"),
        VirtualAddresses = [IpAddress.Parse("fe80::51"), IpAddress.Parse("fd09::100")],
    };

    private static readonly IpAddress s_peerIPv6 = IpAddress.Parse("fe80::1");

    public static TheoryData<string> Kinds => ["v2", "v3", "IPv6"];

    [Theory, MemberData(nameof(Kinds))]
    public void Router_sends_what_the_framework_computes(string kind)
    {
        VrrpParameters plain = PlainOf(kind);
        TestWorld world = new();
        VrrpRouter router = world.Start(Signed.WithTrailer(plain));
        world.Advance(router.ActiveDownInterval);
        double seconds = router.ActiveDownInterval.WholeMicroseconds / 1_000_000.0;
        byte[] expected = Signed.Trailer(plain, router.LocalAddress, 100, Signed.Stamp(seconds));
        Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(world.Datagrams[0]));
    }

    [Fact]
    public void Router_sends_all_peers_the_same_trailer()
    {
        VrrpParameters unicast = Signed.WithTrailer(Version3 with { UnicastPeers = [new(Lower), new(Higher)] });
        TestWorld world = new();
        VrrpRouter router = world.Start(unicast);
        world.Advance(router.ActiveDownInterval);
        Assert.Equal(2, world.Datagrams.Count);
        Assert.Equal(world.Datagrams[0][^28..], world.Datagrams[1][^28..]);
        Assert.NotEqual(world.Datagrams[0][26..28], world.Datagrams[1][26..28]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Router_accepts_what_the_framework_computes(string kind)
        => Assert.Equal(VrrpFault.None, Fault(kind, Trailer(kind, Signed.Stamp(0))));

    [Theory, MemberData(nameof(Kinds))]
    public void Reader_rejects_every_truncated_length(string kind)
    {
        byte[] datagram = Trailer(kind, Signed.Stamp(0));
        for (int length = 0; length < datagram.Length; length++)
        {
            VrrpFault fault = Fault(kind, datagram[..length]);
            int whole = datagram.Length - 28;
            Assert.Equal(length < whole ? VrrpFault.TooShort : length == whole ? VrrpFault.TrailerMissing : Padded(kind, length), fault);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Reader_rejects_every_flipped_bit_of_message_and_trailer(string kind)
    {
        byte[] datagram = Trailer(kind, Signed.Stamp(0));
        int header = kind == "IPv6" ? 0 : 20;
        for (int bit = header * 8; bit < datagram.Length * 8; bit++)
        {
            byte[] hurt = [.. datagram];
            hurt[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.NotEqual(VrrpFault.None, Fault(kind, hurt));
        }
    }

    [Fact]
    public void Faults_come_in_order()
    {
        ulong now = Signed.Stamp(0);
        ulong old = Signed.Stamp(-6);
        Assert.Equal(VrrpFault.TooLong, Faults.Of(Version2, Trailer("v2", now), Lower));
        Assert.Equal(VrrpFault.Version, Fault("v3", Trailer("v2", old)));
        Assert.Equal(VrrpFault.TrailerMissing, Fault("v2", Datagram.Of(Version2, Lower, 100)));
        Assert.Equal(VrrpFault.TrailerMalformed, Fault("v2", Signed.Trailer(Version2, Lower, 100, old, keyId: 9, type: 2)));
        Assert.Equal(VrrpFault.TrailerMalformed, Fault("v2", Signed.Trailer(Version2, Lower, 100, old, keyId: 9, reserved: 1)));
        Assert.Equal(VrrpFault.TrailerStale, Fault("v2", Signed.Trailer(Version2, Lower, 100, old, keyId: 9)));
        Assert.Equal(VrrpFault.TrailerUnknownKey, Fault("v2", Signed.Trailer(Version2, Lower, 100, now, keyId: 9)));
        Assert.Equal(VrrpFault.TrailerCode, Fault("v2", Signed.Trailer(Version2, Lower, 100, now, key: Signed.Key2)));
        Assert.Equal(VrrpFault.None, Fault("v2", Signed.Trailer(Version2, Lower, 100, now, keyId: 2, key: Signed.Key2)));
        // What else may be wrong comes after.
        VrrpParameters password = Version2 with { Authentication = VrrpAuthentication.SimplePassword("x"u8) };
        Assert.Equal(VrrpFault.TrailerCode, Fault("v2", Signed.Trailer(password, Lower, 100, now, key: Signed.Key2)));
        Assert.Equal(VrrpFault.AuthenticationTypeMismatch, Fault("v2", Signed.Trailer(password, Lower, 100, now)));
    }

    [Fact]
    public void Code_holds_for_one_sender_one_router_one_version_and_one_family()
    {
        ulong now = Signed.Stamp(0);
        byte[] datagram = Signed.Trailer(Version2, Lower, 100, now);
        Assert.Equal(VrrpFault.TrailerCode, Faults.Of(Signed.WithTrailer(Version2), datagram, Higher));
        byte[] other = Signed.Trailer(Version2 with { Vrid = new Vrid(52) }, Lower, 100, now);
        // Its trailer on a message for us.
        Assert.Equal(VrrpFault.TrailerCode, Fault("v2", [.. datagram[..^28], .. other[^28..]]));
    }

    [Theory]
    [InlineData(-5, VrrpFault.None)]
    [InlineData(-6, VrrpFault.TrailerStale)]
    [InlineData(5, VrrpFault.None)]
    [InlineData(6, VrrpFault.TrailerStale)]
    public void Time_may_differ_by_the_window(int seconds, VrrpFault expected)
        => Assert.Equal(expected, Fault("v2", Trailer("v2", Signed.Stamp(seconds))));

    [Fact]
    public void Time_does_not_matter_to_monotonic()
    {
        VrrpParameters ours = Signed.WithTrailer(Version2, window: 0);
        Assert.Equal(VrrpFault.None, Faults.Of(ours, Trailer("v2", 1), Lower));
        Assert.Equal(VrrpFault.None, Faults.Of(ours, Trailer("v2", Signed.Stamp(1_000_000)), Lower));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void Replayed_advert_is_dropped_and_does_not_keep_a_backup_waiting(int window)
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(Signed.WithTrailer(Version2, window: window));
        byte[] recorded = Signed.Trailer(Version2, Higher, 200, Signed.Stamp(0, 7));
        world.Receive(router, recorded, Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, Signed.Stamp(0, 6)), Higher);
        for (int i = 0; i < 3; i++)
        {
            world.Advance(1);
            world.Receive(router, recorded, Higher);
        }
        world.Advance(1);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1ul, router.Counters.AdvertRcvd);
        Assert.Equal(4ul, router.Counters.AuthExtReplay);
        Assert.Single(world.Texts, "(V) replayed auth_hmac advert from 10.9.0.3");
    }

    [Fact]
    public void Forged_number_does_not_push_the_mark_of_the_real_sender()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(Signed.WithTrailer(Version2));
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, Signed.Stamp(4), key: Signed.Key2), Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, Signed.Stamp(0)), Higher);
        Assert.Equal(1ul, router.Counters.AuthExtInvalidHmac);
        Assert.Equal(1ul, router.Counters.AdvertRcvd);
    }

    [Fact]
    public void Counters_tell_the_faults_apart()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(Signed.WithTrailer(Version2));
        ulong now = Signed.Stamp(0);
        world.Hear(router, Higher, 200, Version2);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, now, type: 9), Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, Signed.Stamp(-100)), Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, now, keyId: 3), Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, now, keyId: 2), Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, now), Higher);
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, now), Higher);
        VrrpCounters c = router.Counters;
        Assert.Equal(
            (1ul, 1ul, 1ul, 1ul, 1ul, 1ul, 1ul),
            (c.AuthExtMissing, c.AuthExtMalformed, c.AuthExtStale, c.AuthExtUnknownKey, c.AuthExtInvalidHmac, c.AuthExtReplay, c.AdvertRcvd));
        Assert.Equal(
            [
                "(V) no auth_hmac trailer from 10.9.0.3", "(V) malformed auth_hmac trailer from 10.9.0.3",
                "(V) stale auth_hmac timestamp from 10.9.0.3: 100 seconds behind our clock, time_window is 5",
                "(V) unknown auth_hmac key 3 from 10.9.0.3", "(V) invalid auth_hmac from 10.9.0.3, made with key 2",
                "(V) replayed auth_hmac advert from 10.9.0.3",
            ],
            world.Texts.Where(text => text.Contains("auth_hmac", StringComparison.Ordinal)));
        c.Clear();
        Assert.Equal(0ul, c.AuthExtMissing + c.AuthExtMalformed + c.AuthExtStale + c.AuthExtUnknownKey + c.AuthExtInvalidHmac + c.AuthExtReplay);
    }

    [Theory]
    [InlineData(HmacPolicy.Enforce, false, true, false)]
    [InlineData(HmacPolicy.Permissive, true, true, true)]
    [InlineData(HmacPolicy.ReceiveOnly, true, false, false)]
    public void Mode_decides_about_what_has_no_trailer(HmacPolicy policy, bool accepts, bool signs, bool logs)
    {
        VrrpParameters ours = Signed.WithTrailer(Version2, policy);
        TestWorld world = new();
        VrrpRouter router = world.Start(ours);
        world.Hear(router, Higher, 200, Version2);
        Assert.Equal(accepts ? 1ul : 0ul, router.Counters.AdvertRcvd);
        Assert.Equal(1ul, router.Counters.AuthExtMissing);
        Assert.Equal(logs, world.Texts.Contains("(V) no auth_hmac trailer from 10.9.0.3, accepted (mode permissive)"));
        // A trailer that is there must be right in every mode.
        world.Receive(router, Signed.Trailer(Version2, Higher, 200, Signed.Stamp(0), key: Signed.Key2), Higher);
        Assert.Equal(1ul, router.Counters.AuthExtInvalidHmac);
        world.Advance(10);
        Assert.Equal(signs ? 68 : 40, world.Datagrams[0].Length);
        Assert.Equal(world.Datagrams[0].Length, world.Datagrams[0][3]);
    }

    [Fact]
    public void Active_key_is_changed_by_a_reload_and_what_was_counted_stays()
    {
        TestWorld world = new();
        VrrpRouter router = world.StartActive(Signed.WithTrailer(Version2));
        byte[] heard = Signed.Trailer(Version2, Lower, 50, Signed.Stamp(3));
        world.Receive(router, heard, Lower);
        world.Forget();

        VrrpParameters rotated = Signed.WithTrailer(Version2, active: 2);
        router.Reconfigure(rotated, world.Now);
        rotated.WipeSecrets();
        // At once, so that nobody waits for the new key.
        byte[] first = Assert.Single(world.Datagrams);
        Assert.Equal(2, first[41]);
        Assert.Equal(
            Signed.Trailer(Version2, Local, 100, BitConverter.ToUInt64([.. first[44..52].Reverse()]), 2, Signed.Key2)[^28..], first[^28..]);
        world.Receive(router, heard, Lower);
        Assert.Equal(1ul, router.Counters.AuthExtReplay);

        // The same again changes nothing.
        world.Forget();
        router.Reconfigure(Signed.WithTrailer(Version2, active: 2), world.Now);
        Assert.Empty(world.Datagrams);
        // Key 1 is gone.
        router.Reconfigure(Signed.WithTrailer(Version2, active: 2, keys: (2, Signed.Key2)), world.Now);
        Assert.Empty(world.Datagrams);
        world.Receive(router, Signed.Trailer(Version2, Lower, 50, Signed.Stamp(4)), Lower);
        Assert.Equal(1ul, router.Counters.AuthExtUnknownKey);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Numbers_grow_though_the_clock_is_put_back()
    {
        TestWorld world = new();
        VrrpRouter router = world.StartActive(Signed.WithTrailer(Version2));
        world.Advance(1);
        world.UnixClock.Set(world.Now, Beginning);
        world.Advance(1);
        ulong[] stamps = [.. world.Datagrams.Select(static d => BitConverter.ToUInt64([.. d[44..52].Reverse()]))];
        Assert.Equal(2, stamps.Length);
        Assert.Equal(stamps[0] + 1, stamps[1]);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Signing_and_verifying_allocate_nothing()
        => Allocations.AssertNone(
            Signed.WithTrailer(Version2), static (world, i) => Signed.Trailer(Version2, Lower, 50, Signed.Stamp(3 + i * 0.01)));

    private static VrrpFault Padded(string kind, int length) => kind != "IPv6" && length <= 46 ? VrrpFault.TrailerMissing : VrrpFault.TooLong;

    private static VrrpParameters PlainOf(string kind) => kind == "v2" ? Version2 : kind == "v3" ? Version3 : OverIPv6;

    private static IpAddress SourceOf(string kind) => kind == "IPv6" ? s_peerIPv6 : Lower;

    private static byte[] Trailer(string kind, ulong stamp) => Signed.Trailer(PlainOf(kind), SourceOf(kind), 100, stamp);

    private static VrrpFault Fault(string kind, byte[] datagram) => Faults.Of(Signed.WithTrailer(PlainOf(kind)), datagram, SourceOf(kind));
}
