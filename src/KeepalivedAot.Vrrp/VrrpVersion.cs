namespace KeepalivedAot.Vrrp;

/// <summary>The protocol version; the values are those of the version field (RFC 3768 and RFC 9568, 5.2.1).</summary>
public enum VrrpVersion : byte
{
    V2 = 2,
    V3 = 3,
}
