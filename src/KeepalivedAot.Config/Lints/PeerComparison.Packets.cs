using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

// In the order of the receiver's checks.
public static partial class PeerComparison
{
    private static void CompareVrid(PeerInstance here, PeerInstance there)
    {
        if (here.Block.VirtualRouterId == there.Block.VirtualRouterId)
            return;
        here.Report(
            DiagnosticCatalogue.PeerVrid, here.Block.Spans.VirtualRouterId,
            $"virtual_router_id {here.Block.VirtualRouterId}, but {there.Block.VirtualRouterId} in {there.Path}, for the same addresses",
            there, there.Block.Spans.VirtualRouterId, $"VRID {there.Block.VirtualRouterId} here",
            $"write 'virtual_router_id {there.Block.VirtualRouterId}', or another one on all routers");
    }

    private static bool CompareTransport(PeerInstance here, PeerInstance there)
    {
        if (here.Block.IsUnicast == there.Block.IsUnicast)
            return true;
        here.Report(
            DiagnosticCatalogue.PeerTransport, here.Block.Spans.UnicastPeers,
            $"{Transport(here)}, but {Transport(there)} in {there.Path}", there, there.Block.Spans.UnicastPeers, $"{Transport(there)} here",
            "give 'unicast_peer { … }' to all routers or to none");
        return false;

        static string Transport(PeerInstance peer) => peer.Block.IsUnicast ? "unicast" : "multicast";
    }

    private static void CompareGroup(PeerInstance here, PeerInstance there)
    {
        if (here.Block.IsUnicast || here.Block.Family != there.Block.Family || here.Block.MulticastGroup == there.Block.MulticastGroup)
            return;
        here.Report(
            DiagnosticCatalogue.PeerGroup, GroupSpan(here), $"multicast group {here.Block.MulticastGroup}, but {there.Block.MulticastGroup} in {there.Path}",
            there, GroupSpan(there), $"group {there.Block.MulticastGroup} here");

        static SourceSpan GroupSpan(PeerInstance peer)
        {
            if (peer.Block.Spans.MulticastGroup.IsGiven)
                return peer.Block.Spans.MulticastGroup;
            return peer.Block.Family == AddressFamily.IPv6
                ? peer.File.Configuration.GlobalDefs.Spans.MulticastGroup6
                : peer.File.Configuration.GlobalDefs.Spans.MulticastGroup4;
        }
    }

    private static bool CompareVersion(PeerInstance here, PeerInstance there)
    {
        if (here.Block.Version == there.Block.Version)
            return true;
        here.Report(
            DiagnosticCatalogue.PeerVersion, VersionSpan(here), $"VRRP version {here.Block.Version}, but {there.Block.Version} in {there.Path}",
            there, VersionSpan(there), $"version {there.Block.Version} here", $"write 'version {Math.Max(here.Block.Version, there.Block.Version)}' on all routers");
        return false;

        static SourceSpan VersionSpan(PeerInstance peer)
            => peer.Block.Spans.Version.IsGiven ? peer.Block.Spans.Version : peer.File.Configuration.GlobalDefs.Spans.VrrpVersion;
    }

    private static void CompareAuthentication(PeerInstance here, PeerInstance there)
    {
        AuthenticationType ours = here.Block.AuthenticationType;
        AuthenticationType theirs = there.Block.AuthenticationType;
        if (ours != theirs)
        {
            here.Report(
                DiagnosticCatalogue.PeerAuthentication, TypeSpan(here), $"{Authentication(ours)}, but {Authentication(theirs)} in {there.Path}",
                there, TypeSpan(there), $"{Authentication(theirs)} here", "write the same 'authentication { … }' on all routers");
        }
        else if (!here.Block.AuthenticationData.SequenceEqual(there.Block.AuthenticationData))
        {
            here.Report(
                DiagnosticCatalogue.PeerAuthentication, here.Block.Authentication!.Spans.Password, $"auth_pass is not the one of {there.Path}",
                there, there.Block.Authentication!.Spans.Password, "the other one", "write the same 'auth_pass' on all routers");
        }

        static SourceSpan TypeSpan(PeerInstance peer)
            => peer.Block.Authentication is { Spans.Type.IsGiven: true } block ? block.Spans.Type : peer.Block.Spans.Authentication;

        static string Authentication(AuthenticationType type) => type switch
        {
            AuthenticationType.Password => "authentication with PASS",
            AuthenticationType.AuthenticationHeader => "authentication with AH",
            _ => "no authentication",
        };
    }

    // What one of them sends, as the other one takes it.
    private static void CheckHmac(PeerInstance sender, PeerInstance receiver)
    {
        AuthHmacBlock? sent = sender.Block.AuthHmac is { Mode: not HmacMode.ReceiveOnly } block ? block : null;
        AuthHmacBlock? wanted = receiver.Block.AuthHmac;
        string? problem = null;
        if (sent is null)
            problem = wanted is { Mode: HmacMode.Enforce } ? $"auth_hmac is enforced, but {sender.Path} sends without it" : null;
        else if (wanted is null)
            problem = $"no auth_hmac, but {sender.Path} sends with it";
        else if (wanted.Keys.Find(key => key.Id == sent.ActiveKey) is not { } key)
            problem = $"auth_hmac lacks key {sent.ActiveKey}, which {sender.Path} sends with";
        else if (sent.Keys.Find(other => other.Id == key.Id) is { Path: null } ours && key.Path is null && !ours.Secret.SequenceEqual(key.Secret))
            problem = $"the secret of key {key.Id} is not the one of {sender.Path}";
        if (problem is null)
            return;
        receiver.Report(
            DiagnosticCatalogue.PeerAuthentication, receiver.Block.Spans.AuthHmac, problem, sender, sender.Block.Spans.AuthHmac,
            sent is null ? "the sender" : $"active_key {sent.ActiveKey} here", "write the same keys on all routers, and then change active_key");
    }

    private static void CompareInterval(PeerInstance here, PeerInstance there)
    {
        if (here.Block.AdvertisementInterval == there.Block.AdvertisementInterval)
            return;
        here.Report(
            here.Block.Version == 2 ? DiagnosticCatalogue.PeerInterval : DiagnosticCatalogue.PeerIntervalLearned,
            here.Block.Spans.AdvertisementInterval,
            $"an interval of {here.Block.AdvertisementInterval} s, but {there.Block.AdvertisementInterval} s in {there.Path}",
            there, there.Block.Spans.AdvertisementInterval, $"{there.Block.AdvertisementInterval} s here", "write the same 'advert_int' on all routers");
    }

    // Whoever has the setting takes whatever comes (the VRRP reference, 2), so it is the other one that discards.
    private static void CompareChecksum(PeerInstance here, PeerInstance there)
    {
        bool isUsed = here.Block is { Version: 3, Family: AddressFamily.IPv4 };
        if (!isUsed || here.Block.V3ChecksumAsV2 == there.Block.V3ChecksumAsV2)
            return;
        here.Report(
            DiagnosticCatalogue.PeerChecksum, ChecksumSpan(here),
            here.Block.V3ChecksumAsV2 ? $"v3_checksum_as_v2, but not in {there.Path}" : $"no v3_checksum_as_v2, but in {there.Path}",
            there, ChecksumSpan(there), there.Block.V3ChecksumAsV2 ? "v3_checksum_as_v2 here" : "without it here", "write it on all routers or on none");

        static SourceSpan ChecksumSpan(PeerInstance peer)
            => peer.Block.Spans.V3ChecksumAsV2.IsGiven ? peer.Block.Spans.V3ChecksumAsV2 : peer.File.Configuration.GlobalDefs.Spans.V3ChecksumAsV2;
    }
}
