using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config;

/// <summary>An address with a prefix length, host bits kept: <c>192.0.2.1/24</c>.</summary>
/// <param name="Length">0 to 32 or 0 to 128.</param>
public readonly record struct IpPrefix(IpAddress Address, byte Length)
{
    public override string ToString() => $"{Address}/{Length}";
}
