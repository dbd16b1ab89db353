using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>Where things stand in a VRRP message (RFC 9568, 5.2; RFC 3768, 5.1).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
/// |Version| Type  | Virtual Rtr ID|   Priority    | Address Count |
/// | v2: Auth Type |  v2: Interval |           Checksum            |
/// | v3: 0 | Max Advertise Interval|                               |
/// |                         addresses ...                         |
/// |              v2 over IPv4: 8 bytes of authentication          |
/// </code>
/// </remarks>
internal static class VrrpMessage
{
    public const int VridOffset = 1;
    public const int PriorityOffset = 2;
    public const int AddressCountOffset = 3;
    public const int AuthenticationTypeOffset = 4;
    public const int IntervalSecondsOffset = 5;
    public const int IntervalCentisecondsOffset = 4;
    public const int ChecksumOffset = 6;
    public const int HeaderLength = 8;

    public const int TypeAdvertisement = 1;

    /// <summary>The upper four of the sixteen bits are reserved.</summary>
    public const ushort IntervalCentisecondsMask = 0x0FFF;

    /// <summary>Length of a message in bytes, without IP header.</summary>
    public static int LengthOf(int version, AddressFamily family, int addressCount)
        => HeaderLength + addressCount * AddressLength(family) + TrailerLength(version, family);

    public static int AddressLength(AddressFamily family)
        => family == AddressFamily.IPv6 ? IpAddress.IPv6Length : IpAddress.IPv4Length;

    /// <summary>VRRPv2 over IPv6 has no authentication data.</summary>
    public static int TrailerLength(int version, AddressFamily family)
        => version == (int)VrrpVersion.V2 && family == AddressFamily.IPv4 ? VrrpAuthentication.DataLength : 0;
}
