namespace KeepalivedAot.Base.Net;

/// <summary>The family of an address; the values are the IANA address family numbers.</summary>
public enum AddressFamily : byte
{
    None = 0,
    IPv4 = 1,
    IPv6 = 2,
}
