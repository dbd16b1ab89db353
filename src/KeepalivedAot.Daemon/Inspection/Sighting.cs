using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>How a packet that was seen authenticates.</summary>
internal enum SeenAuthentication : byte
{
    None,
    Password,
    Header,
    Trailer,

    /// <summary>A number that stands for nothing.</summary>
    Unknown,
}

/// <summary>All that can be seen of one VRRP packet, right or wrong. Never a password.</summary>
internal sealed record Sighting
{
    public required AddressFamily Family { get; init; }

    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    /// <summary>TTL, or hop limit.</summary>
    public required int HopLimit { get; init; }

    public required int Version { get; init; }

    public required int Type { get; init; }

    public required byte Vrid { get; init; }

    public required byte Priority { get; init; }

    public required Duration Interval { get; init; }

    /// <summary>As the packet says; fewer may be there.</summary>
    public required int AddressCount { get; init; }

    public required IpAddress[] Addresses { get; init; }

    public required SeenAuthentication Authentication { get; init; }

    /// <summary>v2: the number in the packet.</summary>
    public required int AuthenticationType { get; init; }

    /// <summary>AH.</summary>
    public uint Sequence { get; init; }

    /// <summary><c>auth_hmac</c>.</summary>
    public byte Key { get; init; }

    /// <summary><c>auth_hmac</c>: seconds since 1970.</summary>
    public uint Stamp { get; init; }

    public required ChecksumFinding Checksum { get; init; }

    public static Sighting Of(scoped in VrrpDatagram datagram, scoped VrrpAnatomy anatomy, AddressFamily family)
    {
        IpAddress[] addresses = new IpAddress[anatomy.PresentAddressCount];
        for (int i = 0; i < addresses.Length; i++)
            addresses[i] = anatomy.AddressAt(i);
        return new Sighting
        {
            Family = family,
            Source = datagram.Source,
            Destination = datagram.Destination,
            HopLimit = datagram.HopLimit,
            Version = anatomy.Version,
            Type = anatomy.Type,
            Vrid = anatomy.Vrid,
            Priority = anatomy.Priority,
            Interval = anatomy.Interval,
            AddressCount = anatomy.AddressCount,
            Addresses = addresses,
            Authentication = anatomy.HasAuthenticationHeader ? SeenAuthentication.Header
                : anatomy.HasTrailer ? SeenAuthentication.Trailer
                : anatomy.AuthenticationType switch
                {
                    0 => SeenAuthentication.None,
                    (int)Vrrp.AuthenticationType.SimplePassword => SeenAuthentication.Password,
                    (int)Vrrp.AuthenticationType.AuthenticationHeader => SeenAuthentication.Header,
                    _ => SeenAuthentication.Unknown,
                },
            AuthenticationType = anatomy.AuthenticationType,
            Sequence = anatomy.HeaderSequence,
            Key = anatomy.TrailerKey,
            Stamp = anatomy.TrailerSeconds,
            Checksum = anatomy.FindChecksum(datagram.Source, datagram.Destination),
        };
    }
}
