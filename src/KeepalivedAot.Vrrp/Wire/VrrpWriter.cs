using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>Writes advertisements: RFC 9568 (v3), RFC 3768 (v2), and keepalived's variants of their checksum.</summary>
public static class VrrpWriter
{
    private const int EthernetHeaderLength = 14;
    private const int IPv6HeaderLength = 40;

    /// <summary>How many addresses an advertisement can list: what fits an unfragmented datagram, and 255 at most.</summary>
    /// <param name="mtu">Of the interface, in bytes.</param>
    /// <param name="authenticationLength">Bytes of an Authentication Header, or of an auth_hmac trailer.</param>
    public static int MaxAddresses(VrrpVersion version, AddressFamily family, int mtu, int authenticationLength = 0)
    {
        // keepalived takes the Ethernet header off the MTU too; peers of one VRID must agree on the number, so we do the same.
        int room = mtu - EthernetHeaderLength
            - (family == AddressFamily.IPv6 ? IPv6HeaderLength : Ipv4Header.MinimumLength)
            - VrrpMessage.HeaderLength - VrrpMessage.TrailerLength((int)version, family) - authenticationLength;
        return Math.Clamp(room / VrrpMessage.AddressLength(family), 0, byte.MaxValue);
    }

    /// <summary>Length of a message in bytes, without IP header.</summary>
    public static int MessageLength(VrrpVersion version, AddressFamily family, int addressCount)
        => VrrpMessage.LengthOf((int)version, family, addressCount);

    /// <summary>Writes a whole message but for its checksum, which is left 0.</summary>
    /// <returns>The length of the message in bytes.</returns>
    public static int WriteMessage(
        Span<byte> destination, VrrpVersion version, AddressFamily family, Vrid vrid, Priority priority, Duration interval,
        ReadOnlySpan<IpAddress> addresses, VrrpAuthentication authentication)
    {
        int length = VrrpMessage.LengthOf((int)version, family, addresses.Length);
        Invariant.Require(addresses.Length <= byte.MaxValue && destination.Length >= length, "an advertisement fits its buffer");
        Span<byte> message = destination[..length];
        message[0] = (byte)((int)version << 4 | VrrpMessage.TypeAdvertisement);
        message[VrrpMessage.VridOffset] = vrid.Value;
        message[VrrpMessage.PriorityOffset] = priority.Value;
        message[VrrpMessage.AddressCountOffset] = (byte)addresses.Length;
        if (version == VrrpVersion.V2)
        {
            message[VrrpMessage.AuthenticationTypeOffset] = (byte)authentication.Type;
            message[VrrpMessage.IntervalSecondsOffset] = (byte)interval.WholeSeconds;
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(
                message[VrrpMessage.IntervalCentisecondsOffset..],
                (ushort)(interval.WholeCentiseconds & VrrpMessage.IntervalCentisecondsMask));
        }
        BinaryPrimitives.WriteUInt16BigEndian(message[VrrpMessage.ChecksumOffset..], 0);
        Span<byte> rest = message[VrrpMessage.HeaderLength..];
        int addressLength = VrrpMessage.AddressLength(family);
        foreach (ref readonly IpAddress address in addresses)
        {
            Invariant.Require(address.Family == family, "an instance advertises addresses of its own family");
            address.CopyTo(rest);
            rest = rest[addressLength..];
        }
        if (!rest.IsEmpty)
            authentication.CopyTo(rest);
        return length;
    }

    /// <summary>Fills the checksum in, as one of the forms has it.</summary>
    /// <param name="message">What is covered: over IPv6 with the auth_hmac trailer, over IPv4 without.</param>
    public static void WriteChecksum(Span<byte> message, ChecksumForm form, IpAddress source, IpAddress destination)
    {
        Span<byte> field = message.Slice(VrrpMessage.ChecksumOffset, sizeof(ushort));
        field.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(field, form == ChecksumForm.MessageOnly
            ? VrrpChecksum.OfMessage(message)
            : VrrpChecksum.WithPseudoHeader(message, source, destination));
    }
}

/// <summary>What a checksum covers.</summary>
public enum ChecksumForm : byte
{
    /// <summary>VRRPv2 over IPv4, and v3 with <c>v3_checksum_as_v2</c>.</summary>
    MessageOnly,

    /// <summary>VRRPv3, and whatever goes over IPv6.</summary>
    PseudoHeader,
}
