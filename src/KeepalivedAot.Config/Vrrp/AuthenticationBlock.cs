using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The <c>authentication { … }</c> of a <c>vrrp_instance</c>: VRRPv2 only.</summary>
[Block("authentication")]
public sealed partial class AuthenticationBlock
{
    /// <summary>PASS (a password that is sent in the clear) or AH (IPsec authentication header, IPv4 only).</summary>
    [Keyword("auth_type", Since = "0.5.3", Default = "none")]
    public AuthenticationType Type { get; private set; }

    /// <summary>The password. It must be the same on all routers; only its first 8 bytes are used.</summary>
    [Keyword("auth_pass", Since = "0.5.3", Default = "none"), Secret]
    public byte[] Password { get; private set; } = [];
}
