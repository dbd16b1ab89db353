using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Tests.Unit.Vrrp;
using KeepalivedAot.Tests.Unit.Vrrp.Authentication;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Daemon.Recording;

/// <summary>What proves who sent an advertisement is not in a record, and all else of it is.</summary>
public sealed class SealedDatagramTests
{
    private static readonly IpAddress s_peer = IpAddress.Parse("192.0.2.2");

    private static VrrpParameters IPv4 => new() { Name = "VI_1", Vrid = new Vrid(51), VirtualAddresses = [IpAddress.Parse("192.0.2.10")] };

    private static VrrpParameters IPv6 => IPv4 with { Version = VrrpVersion.V3, Family = AddressFamily.IPv6, VirtualAddresses = [IpAddress.Parse("fe80::10")] };

    [Fact]
    public void Password_isReplaced_andTheChecksumStaysRight()
    {
        VrrpParameters secret = IPv4 with { Authentication = VrrpAuthentication.SimplePassword("geheim"u8) };
        byte[] datagram = Datagram.Of(secret, s_peer, 100);
        Assert.Equal(SealedDatagram.Kind.Password, SealedDatagram.Open(datagram, AddressFamily.IPv4, new StandIns()));
        Assert.DoesNotContain("geheim", Encoding.Latin1.GetString(datagram), StringComparison.Ordinal);
        VrrpParameters standIn = IPv4 with { Authentication = VrrpAuthentication.SimplePassword(datagram.AsSpan(^8..)) };
        VrrpDatagram received = new() { Bytes = datagram, Source = s_peer, Destination = standIn.Group, HopLimit = 255 };
        Assert.Equal(VrrpFault.None, VrrpPacket.TryParse(received, standIn, out _, out _));
        datagram[6 + 20] ^= 1;
        Assert.Equal(VrrpFault.Checksum, VrrpPacket.TryParse(received, standIn, out _, out _));
    }

    [Fact]
    public void CheckValue_isGone_andNothingElse()
    {
        byte[] datagram = Signed.Header(IPv4, s_peer, 100, sequence: 7);
        byte[] before = [.. datagram];
        Assert.Equal(SealedDatagram.Kind.CheckValue, SealedDatagram.Open(datagram, AddressFamily.IPv4, new StandIns()));
        before.AsSpan(20 + 12, 12).Clear();
        Assert.Equal(before, datagram);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Code_thatIsPutBack_givesTheSameDatagram(bool isIPv6)
    {
        VrrpParameters parameters = isIPv6 ? IPv6 : IPv4 with { Version = VrrpVersion.V3 };
        byte[] datagram = Signed.Trailer(parameters, isIPv6 ? IpAddress.Parse("fe80::2") : s_peer, 100, Signed.Stamp(1));
        byte[] before = [.. datagram];
        Assert.Equal(SealedDatagram.Kind.Code, SealedDatagram.Open(datagram, parameters.Family, new StandIns()));
        Assert.True(datagram.AsSpan(^16..).IndexOfAnyExcept((byte)0) < 0);
        SealedDatagram.Close(datagram, parameters.Family, before.AsSpan(^16..));
        Assert.Equal(before, datagram);
    }

    [Fact]
    public void AnyBytes_areSurvived()
    {
        Random random = new(1);
        for (int run = 0; run < 50_000; run++)
        {
            byte[] bytes = new byte[random.Next(120)];
            random.NextBytes(bytes);
            if (bytes.Length > 10 && random.Next(2) == 0)
                (bytes[0], bytes[9]) = (0x45, (byte)(random.Next(2) == 0 ? 51 : 112));
            foreach (AddressFamily family in (AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6])
                SealedDatagram.Open([.. bytes], family, new StandIns());
        }
    }
}
