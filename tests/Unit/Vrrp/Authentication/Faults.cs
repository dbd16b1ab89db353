using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>What a router that has heard nothing yet finds wrong with a datagram.</summary>
internal static class Faults
{
    public static VrrpFault Of(VrrpParameters ours, byte[] datagram, IpAddress source, int hopLimit = 255)
    {
        VrrpAuthenticator authenticator = new();
        authenticator.Adopt(ours);
        return VrrpPacket.TryParse(
            new VrrpDatagram
            {
                Bytes = datagram,
                Source = source,
                Destination = ours.IsUnicast ? TestWorld.Local : ours.Group,
                HopLimit = hopLimit,
            },
            ours, authenticator, TestWorld.Beginning, out _, out _);
    }
}
