using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>An interface that is made for an instance: a VMAC (macvlan), or an ipvlan.</summary>
/// <param name="Prefix">What a made-up name begins with; null when it was given, and no other will do.</param>
/// <param name="Base">The interface that it stands on.</param>
/// <param name="Family">Whose addresses it carries; None for both.</param>
/// <param name="IsForAddresses">Advertisements do not leave there.</param>
public sealed record OwnDevice(string Name, string? Prefix, string Base, AddressFamily Family, bool IsForAddresses)
{
    internal bool Carries(string below, AddressFamily family) => Base == below && (Family == AddressFamily.None || Family == family);
}
