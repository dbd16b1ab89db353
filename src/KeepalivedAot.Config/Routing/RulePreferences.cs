using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.Routing;

/// <summary>What rules without a preference get: 16384 and downwards, each family by itself, in the order of the file.</summary>
internal sealed class RulePreferences
{
    private const uint First = 16384;

    private uint _nextIPv4 = First;
    private uint _nextIPv6 = First;

    public uint Next(AddressFamily family) => family == AddressFamily.IPv6 ? _nextIPv6-- : _nextIPv4--;
}
