using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>What stands in front of a VRRP message (RFC 9568, 5.2; RFC 3768, 5.1), read by somebody who does not care whether the rest is right.</summary>
internal readonly record struct SeenAdvertisement(AddressFamily Family, byte Version, byte Vrid, byte Priority, Duration Interval)
{
    private const int Length = 8;
    private const byte ProtocolVrrp = 112;

    /// <summary>False: it is no such message, or one behind an authentication header.</summary>
    public static bool TryRead(Packet packet, out SeenAdvertisement seen)
    {
        seen = default;
        if (packet.Protocol != ProtocolVrrp)
            return false;
        AddressFamily family = packet.Source.Family;
        ReadOnlySpan<byte> message = packet.Bytes;
        if (family == AddressFamily.IPv4)
        {
            int header = message.Length == 0 ? 0 : (message[0] & 0xF) * 4;
            if (message.Length < header)
                return false;
            message = message[header..];
        }
        if (message.Length < Length)
            return false;
        byte version = (byte)(message[0] >> 4);
        Duration interval = version == 2 ? Duration.FromSeconds(message[5]) : Duration.FromCentiseconds(BinaryPrimitives.ReadUInt16BigEndian(message[4..]) & 0xFFF);
        seen = new SeenAdvertisement(family, version, message[1], message[2], interval);
        return true;
    }

    /// <summary>Whoever is configured like this takes it for one of his virtual router (vrrp.md, 6); keys are another matter.</summary>
    public bool IsFor(VrrpInstanceBlock block) => Version == block.Version && (Version != 2 || Interval == block.AdvertisementInterval);

    /// <summary>The instance at a port that it is for, or from.</summary>
    public VirtualRouter.Member? MemberAt(Port port) => port.Find(Family, Vrid);
}
