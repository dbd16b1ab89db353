using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>AH: what a router sends, what it accepts, and in which order it complains.</summary>
public class HeaderTests
{
    private static readonly VrrpParameters Ours = Signed.WithHeader(Version2);

    private static readonly VrrpParameters Unicast = Signed.WithHeader(Version2 with { UnicastPeers = [new(Lower), new(Higher)] });

    // Captured from keepalived (vrrp.md, section 3).
    [Fact]
    public void Router_sends_the_published_vector()
    {
        byte[] first = FirstDatagram(Ours with { SourceAddress = Lower });
        Assert.Equal(
            "45c0004000010000ff33" + Convert.ToHexStringLower(first[10..12]) + "0a090001e0000012" + "700400000a09000100000001"
            + "34e23a8c5e068820eaa8cc1f" + "2133640102016e5d0a0900640000000000000000",
            Convert.ToHexStringLower(first));
    }

    [Fact]
    public void Router_accepts_the_published_vector()
    {
        byte[] vector = Convert.FromHexString(
            "45c0004000010000ff3300000a090001e0000012" + "700400000a09000100000001" + "34e23a8c5e068820eaa8cc1f"
            + "2133640102016e5d0a0900640000000000000000");
        Assert.Equal(VrrpFault.None, Fault(Ours, vector));
    }

    [Fact]
    public void Router_sends_what_the_framework_computes()
    {
        Assert.Equal(Signed.Header(Ours, Local, 100, 1), FirstDatagram(Ours));
        // Two peers: one sequence number, another check value, and a TTL that is not covered.
        VrrpParameters unicast = Unicast with { UnicastTtl = 7 };
        TestWorld world = new();
        VrrpRouter router = world.Start(unicast);
        world.Advance(router.ActiveDownInterval);
        byte[] toFirst = Signed.Header(unicast, Local, 100, 1, destination: Lower, timeToLive: 7);
        Assert.Equal(toFirst, world.Datagrams[0]);
        byte[] toSecond = Signed.Header(unicast, Local, 100, 1, destination: Higher, timeToLive: 7);
        Assert.Equal(toSecond, world.Datagrams[1]);
        world.Advance(1);
        Assert.Equal(2, world.Datagrams[2][31]);
    }

    [Fact]
    public void Reader_rejects_every_truncated_length()
    {
        byte[] datagram = Signed.Header(Version2, Lower, 100, 1);
        Assert.Equal(64, datagram.Length);
        for (int length = 10; length < datagram.Length; length++)
        {
            TestWorld world = new();
            VrrpRouter router = world.Start(Ours);
            world.Receive(router, datagram[..length], Lower);
            // Without the VRID nobody knows whose it is.
            Assert.Equal(length < 46 ? 0ul : 1ul, router.Counters.PacketLenErr);
            Assert.Equal(0ul, router.Counters.AdvertRcvd);
        }
    }

    [Fact]
    public void Reader_rejects_every_flipped_bit_but_those_that_change_on_the_way()
    {
        byte[] datagram = Signed.Header(Version2, Lower, 100, 1);
        for (int bit = 0; bit < datagram.Length * 8; bit++)
        {
            byte[] hurt = [.. datagram];
            hurt[bit / 8] ^= (byte)(1 << bit % 8);
            TestWorld world = new();
            VrrpRouter router = world.Start(Ours);
            world.Receive(router, hurt, Lower);
            bool isMutable = bit / 8 is 1 or 6 or 7 or 10 or 11;
            Assert.Equal(isMutable ? 1ul : 0ul, router.Counters.AdvertRcvd);
        }
    }

    [Fact]
    public void Reader_ignores_the_ttl_of_unicast_only()
    {
        byte[] datagram = Signed.Header(Unicast, Lower, 100, 1);
        datagram[8] = 3;
        Assert.Equal(VrrpFault.None, Fault(Unicast, datagram));
        Assert.Equal(VrrpFault.HopLimit, Fault(Ours, Signed.Header(Ours, Lower, 100, 1), hopLimit: 254));
    }

    [Fact]
    public void Faults_come_in_keepaliveds_order()
    {
        Assert.Equal(VrrpFault.UnexpectedAuthenticationHeader, Fault(Version2, Signed.Header(Version2, Lower, 100, 1)));
        Assert.Equal(VrrpFault.MissingAuthenticationHeader, Fault(Ours, Datagram.Of(Version2, Lower, 100)));
        // AH around a message that speaks of another kind.
        byte[] datagram = Signed.Header(Version2, Lower, 100, 1);
        datagram[48] = 1;
        Assert.Equal(VrrpFault.AuthenticationTypeMismatch, Fault(Ours, datagram));
        Assert.Equal(VrrpFault.HeaderCheckValue, Fault(Ours, Signed.Header(Version2, Lower, 100, 0, "other", index: 1)));
        Assert.Equal(VrrpFault.HeaderIndex, Fault(Ours, Signed.Header(Version2, Lower, 100, 0, index: 1)));
        Assert.Equal(VrrpFault.HeaderSequence, Fault(Ours, Signed.Header(Version2, Lower, 100, 0)));
        VrrpParameters slower = Version2 with { AdvertisementInterval = Seconds(2) };
        Assert.Equal(VrrpFault.HeaderSequence, Fault(Ours, Signed.Header(slower, Lower, 100, 0)));
        Assert.Equal(VrrpFault.AdvertisementInterval, Fault(Ours, Signed.Header(slower, Lower, 100, 1)));
    }

    [Fact]
    public void Wrong_password_is_counted_each_time_and_logged_once()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(Ours);
        for (uint i = 1; i <= 3; i++)
            world.Receive(router, Signed.Header(Version2, Higher, 200, i, "other"), Higher);
        Assert.Equal(3ul, router.Counters.AuthFailure);
        Assert.Equal(
            ["(V) IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !"],
            world.Texts.Where(text => text.Contains("IPSEC", StringComparison.Ordinal)));
        world.Advance(router.ActiveDownInterval);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Replayed_advert_is_dropped_and_does_not_keep_a_backup_waiting()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(Ours);
        byte[] recorded = Signed.Header(Version2, Higher, 200, 7);
        world.Receive(router, recorded, Higher);
        for (int i = 0; i < 6; i++)
        {
            world.Advance(1);
            world.Receive(router, recorded, Higher);
        }
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(6ul, router.Counters.AuthFailure);
        Assert.Contains("(V) IPSEC-AH : sequence number 7 already processed. Packet dropped. Local(7)", world.Texts);
        // Its own numbers go on from there.
        Assert.Equal(8, world.Datagrams[0][31]);
    }

    [Fact]
    public void Active_router_that_hears_a_lower_priority_skips_a_number()
    {
        TestWorld world = new();
        VrrpRouter router = world.StartActive(Ours);
        world.Receive(router, Signed.Header(Version2, Lower, 50, 1000), Lower);
        Assert.Contains("(V) IPSEC-AH : Syncing seq_num - Increment seq", world.Texts);
        Assert.Equal(1002, world.Datagrams[0][30] << 8 | world.Datagrams[0][31]);
    }

    // How many lines may be written is no business of the protocol's: the number is skipped all the same.
    [Fact]
    public void Active_router_that_hears_more_than_it_may_log_skips_a_number_each_time()
    {
        const uint Heard = 60;
        TestWorld world = new();
        VrrpRouter router = world.StartActive(Ours);
        for (uint i = 1; i <= Heard; i++)
        {
            world.Forget();
            world.Receive(router, Signed.Header(Version2, Lower, 50, i * 100), Lower);
            Assert.Equal((int)(i * 100 + 2), world.Datagrams[0][30] << 8 | world.Datagrams[0][31]);
            world.Advance(0.002);
        }
        Assert.Empty(world.Texts);
    }

    [Fact]
    public void Sequence_and_key_outlive_a_reload_and_wiping_the_parameters()
    {
        TestWorld world = new();
        VrrpRouter router = world.StartActive(Ours);
        world.Advance(2);
        world.Forget();
        VrrpParameters again = Signed.WithHeader(Version2);
        router.Reconfigure(again, world.Now);
        again.WipeSecrets();
        Assert.Empty(world.Datagrams);
        world.Advance(1);
        Assert.Equal(Signed.Header(Version2, Local, 100, 4, identification: 4)[20..], world.Datagrams[0][20..]);
        // Another password is used at once.
        router.Reconfigure(Signed.WithHeader(Version2, "other"), world.Now);
        Assert.Equal(Signed.Header(Version2, Local, 100, 5, "other", identification: 5), world.Datagrams[1]);
        world.Forget();
        router.Reconfigure(Version2, world.Now);
        Assert.Equal(112, world.Datagrams[0][9]);
    }

    [Fact]
    public void Signing_and_verifying_allocate_nothing()
        => Allocations.AssertNone(Ours, static (world, i) => Signed.Header(Version2, Lower, 50, (uint)i * 1000 + 1000));

    // 14 + 20 + 24 + 8 + 8 bytes, and what is left for addresses of 4.
    [Theory]
    [InlineData(0, 12)]
    [InlineData(24, 6)]
    [InlineData(28, 5)]
    public void Addresses_leave_room_for_authentication(int authenticationLength, int expected)
        => Assert.Equal(expected, VrrpWriter.MaxAddresses(VrrpVersion.V2, AddressFamily.IPv4, 101, authenticationLength));

    [Fact]
    public void Router_advertises_as_many_addresses_as_fit_beside_the_header()
    {
        VrrpParameters many = Ours with { VirtualAddresses = [.. Enumerable.Range(1, 20).Select(i => IpAddress.Parse($"10.9.1.{i}"))] };
        TestWorld world = new();
        VrrpRouter router = world.Make(many);
        router.Start(VrrpFaults.None, Local, 101, Seconds(0), world.Now);
        world.Advance(router.ActiveDownInterval);
        Assert.Equal(6, world.Datagrams[0][47]);
        Assert.Equal(20 + 24 + 8 + 6 * 4 + 8, world.Datagrams[0].Length);
    }

    private static byte[] FirstDatagram(VrrpParameters parameters)
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(parameters);
        world.Advance(router.ActiveDownInterval);
        return world.Datagrams[0];
    }

    private static VrrpFault Fault(VrrpParameters ours, byte[] datagram, int hopLimit = 255) => Faults.Of(ours, datagram, Lower, hopLimit);
}
