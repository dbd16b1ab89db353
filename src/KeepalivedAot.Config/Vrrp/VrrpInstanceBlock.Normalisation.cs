using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    /// <summary>The family of the advertisements and of <see cref="VirtualAddresses"/>.</summary>
    public AddressFamily Family { get; private set; } = AddressFamily.IPv4;

    /// <summary>Advertisements go to <see cref="UnicastPeers"/> (which may be none, with <see cref="UnicastFaultNoPeer"/>).</summary>
    public bool IsUnicast { get; private set; }

    /// <summary>Source of advertisements; "no address" is the interface's primary (IPv4) or link-local (IPv6) address.</summary>
    public IpAddress Source { get; private set; }

    /// <summary>The authentication that is in force.</summary>
    public AuthenticationType AuthenticationType { get; private set; }

    /// <summary>Exactly 8 bytes, the password cut or padded with zeros; empty without authentication.</summary>
    public ReadOnlySpan<byte> AuthenticationData => _authenticationData;

    private byte[] _authenticationData = [];
}
