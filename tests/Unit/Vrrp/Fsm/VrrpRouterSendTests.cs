using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Datagrams on their way out.</summary>
public class VrrpRouterSendTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public void Multicast_IPv4_has_the_header_that_keepalived_sends()
    {
        _world.StartActive(Version2);
        _world.Advance(1);
        // The first advertisement, on becoming active, had identification 1.
        Assert.Equal("45c000280002" + "0000ff70", Convert.ToHexStringLower(_world.Datagrams[0].AsSpan(0, 10)));
        Assert.Equal("0a090002e0000012", Convert.ToHexStringLower(_world.Datagrams[0].AsSpan(12, 8)));
    }

    [Fact]
    public void Identification_counts_on_and_skips_0()
    {
        _world.StartActive(Version2 with { AdvertisementInterval = Duration.FromSeconds(1) });
        _world.Advance(65_536);
        Assert.Equal(65_536, _world.Datagrams.Count);
        Assert.Equal(2, IdentificationOf(0));
        Assert.Equal(0xFFFF, IdentificationOf(0xFFFD));
        Assert.Equal(1, IdentificationOf(0xFFFE));
        Assert.Equal(2, IdentificationOf(0xFFFF));
    }

    [Fact]
    public void Unicast_sends_one_copy_per_peer_with_its_own_checksum()
    {
        VrrpRouter router = _world.StartActive(Version3 with
        {
            UnicastPeers = [new UnicastPeer(Lower), new UnicastPeer(Higher)],
            UnicastTtl = 64,
        });
        _world.Advance(1);
        Assert.Equal(["4.609375 advert 100 to 10.9.0.1", "4.609375 advert 100 to 10.9.0.3"], _world.Effects);
        Assert.Equal(2UL, router.Counters.AdvertSent);
        foreach ((byte[] bytes, IpAddress peer) in _world.Datagrams.Zip([Lower, Higher]))
        {
            Assert.Equal(64, bytes[8]);
            VrrpDatagram datagram = new() { Bytes = bytes, Source = Local, Destination = peer, HopLimit = 64 };
            Assert.Equal(VrrpFault.None, VrrpPacket.TryParse(datagram, router.Parameters, out _, out _));
        }
        Assert.NotEqual(_world.Datagrams[0][26..28], _world.Datagrams[1][26..28]);
    }

    [Fact]
    public void IPv6_is_the_bare_message_with_its_checksum()
    {
        VrrpParameters parameters = new()
        {
            Name = "V6",
            Version = VrrpVersion.V3,
            Family = AddressFamily.IPv6,
            Vrid = new Vrid(6),
            BasePriority = new Priority(200),
            VirtualAddresses = [IpAddress.Parse("fe80::6"), IpAddress.Parse("fd09::100")],
        };
        VrrpRouter router = _world.Make(parameters);
        router.Start(VrrpFaults.None, IpAddress.Parse("fe80::ff:fe00:1"), 1500, Duration.Zero, _world.Now);
        _world.Advance(4);
        Assert.Equal(
            "3106c80200640cd3fe800000000000000000000000000006fd090000000000000000000000000100",
            Convert.ToHexStringLower(_world.Datagrams[0]));
        Assert.Contains("3.21875 advert 200 to ff02::12", _world.Effects);
    }

    [Fact]
    public void Configured_group_is_spoken_to()
    {
        _world.StartActive(Version2 with { MulticastGroup = IpAddress.Parse("224.0.0.99") });
        _world.Advance(1);
        Assert.Equal(["4.609375 advert 100 to 224.0.0.99"], _world.Effects);
    }

    [Fact]
    public void Old_unicast_checksum_is_sent_when_configured()
    {
        VrrpParameters unicast = Version3 with
        {
            UnicastPeers = [new UnicastPeer(Higher)],
            UnicastChecksum = UnicastChecksumMode.Old,
        };
        _world.StartActive(unicast);
        _world.Advance(1);
        Assert.Equal(Datagram.Message(unicast, Local, 100, unicast.Group), _world.Datagrams[0][20..]);
    }

    [Fact]
    public void Addresses_beyond_the_limit_are_held_but_not_listed()
    {
        VrrpParameters parameters = Version2 with
        {
            VirtualAddresses = [.. Enumerable.Range(1, 600).Select(i => IpAddress.FromIPv4(0x0A0A0000u + (uint)i))],
        };
        VrrpRouter router = _world.Start(parameters);
        Assert.Contains(
            "(V) Number of VIPs (600) exceeds maximum/space available in packet (max 255 addresses) - excess moved to eVIPs",
            _world.Texts);
        _world.Advance(4);
        Assert.Equal(255, _world.Datagrams[0][23]);
        Assert.Equal(20 + 8 + 255 * 4 + 8, _world.Datagrams[0].Length);

        router.SetMtu(576);
        _world.Forget();
        _world.Advance(1);
        Assert.Equal(131, _world.Datagrams[0][23]);
    }

    [Fact]
    public void Advert_of_a_peer_with_the_same_limit_is_complete()
    {
        VrrpParameters parameters = Version2 with
        {
            VirtualAddresses = [.. Enumerable.Range(1, 200).Select(i => IpAddress.FromIPv4(0x0A0A0000u + (uint)i))],
        };
        VrrpRouter router = _world.Make(parameters);
        router.Start(VrrpFaults.None, Local, 576, Duration.Zero, _world.Now);
        _world.Hear(router, Higher, 200, parameters with { VirtualAddresses = parameters.VirtualAddresses[..131] });
        Assert.Equal(0UL, router.Counters.AddrListErr);
    }

    private int IdentificationOf(int index) => _world.Datagrams[index][4] << 8 | _world.Datagrams[index][5];
}
