using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    private const int PasswordLength = 8;

    private void ChooseTransport(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        SourceSpan unicast = FirstOfUnicast();
        CheckPeerTtls(diagnostics);
        if (_unicastPeers is { Count: > 1 })
            RemoveDuplicatePeers(_unicastPeers, diagnostics);
        bool hasPeers = _unicastPeers is { Count: > 0 };
        IsUnicast = hasPeers || (unicast.IsGiven && UnicastFaultNoPeer);
        Said said = _spans.HasMistake(nameof(UnicastPeers));
        if (unicast.IsGiven && !hasPeers)
        {
            if (UnicastFaultNoPeer)
            {
                ReportUnless(
                    said, diagnostics, DiagnosticCatalogue.NoPeersFault, unicast,
                    $"({Name}) Cannot use unicast without any peers - going to fault state", "name the peers in 'unicast_peer { … }'");
            }
            else
            {
                ReportUnless(
                    said, diagnostics, DiagnosticCatalogue.UnicastWithoutPeers, unicast,
                    $"({Name}) unicast without any peers; multicast is used", "name the peers in 'unicast_peer { … }'");
            }
        }
        if (hasPeers && StrictMode)
        {
            Report(diagnostics, DiagnosticCatalogue.StrictUnicast, unicast, $"({Name}) Unicast peers are not supported in strict mode");
        }
        if (Interface is null && !(unicast.IsGiven && hasPeers))
        {
            ReportUnless(
                _spans.HasMistake(nameof(Interface)), diagnostics, DiagnosticCatalogue.InterfaceMissing, default, $"({Name}) Unknown interface!", "add 'interface NAME'");
        }
        if (_spans.UnicastTtl.IsGiven && !hasPeers)
        {
            UnicastTtl = null;
            ReportUnless(
                said, diagnostics, DiagnosticCatalogue.UnicastTtlWithoutPeers, _spans.UnicastTtl,
                $"({Name}): Cannot use unicast_ttl without unicast peers - resetting", "name the peers in 'unicast_peer { … }', or leave it out");
        }
        CheckUnicastSource = hasPeers && (CheckUnicastSource || globals.CheckUnicastSource || UnicastPeers.Exists(HasTtlLimits));
        Source = ChooseSource();
        ChooseGroup(globals, diagnostics);

        static bool HasTtlLimits(UnicastPeer peer) => peer.Spans.MinTtl.IsGiven || peer.Spans.MaxTtl.IsGiven;
    }

    /// <summary>Something is written that only unicast has, whether there are peers or not.</summary>
    public bool AsksForUnicast => FirstOfUnicast().IsGiven;

    // unicast_ttl has a rule of its own.
    private SourceSpan FirstOfUnicast()
        => _spans.UnicastPeers.IsGiven ? _spans.UnicastPeers
            : _spans.UnicastSource.IsGiven ? _spans.UnicastSource
            : _spans.CheckUnicastSource.IsGiven ? _spans.CheckUnicastSource
            : _spans.OldUnicastChecksum;

    private void CheckPeerTtls(DiagnosticBag diagnostics)
    {
        if (_unicastPeers is null)
            return;
        foreach (UnicastPeer peer in _unicastPeers)
        {
            if (peer.MinTtl > peer.MaxTtl)
            {
                Report(
                    diagnostics, DiagnosticCatalogue.PeerTtlRange, peer.Spans.MinTtl.IsGiven ? peer.Spans.MinTtl : peer.Spans.MaxTtl,
                    $"({Name}) min_ttl {peer.MinTtl} > max_ttl {peer.MaxTtl} - all packets will be discarded");
            }
        }
    }

    private void RemoveDuplicatePeers(List<UnicastPeer> peers, DiagnosticBag diagnostics)
    {
        Dictionary<IpAddress, UnicastPeer> seen = new(peers.Count);
        peers.RemoveAll(peer =>
        {
            if (seen.TryAdd(peer.Address, peer))
                return false;
            Diagnostic again = Report(
                diagnostics, DiagnosticCatalogue.DuplicatePeer, peer.Spans.Address, $"({Name}) unicast peer {peer.Address} is given twice - ignoring");
            diagnostics.Relate(again, seen[peer.Address].Spans.Address, "first given here");
            return true;
        });
    }

    // They are one setting to keepalived, so the one that is written last counts.
    private IpAddress ChooseSource()
    {
        if (UnicastSource.IsNone || MulticastSource.IsNone)
            return UnicastSource.IsNone ? MulticastSource : UnicastSource;
        return _spans.UnicastSource.Position > _spans.MulticastSource.Position ? UnicastSource : MulticastSource;
    }

    private void ChooseGroup(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        IpAddress usual = Family == AddressFamily.IPv6 ? globals.MulticastGroup6 : globals.MulticastGroup4;
        if (!_spans.MulticastGroup.IsGiven)
        {
            MulticastGroup = usual;
            return;
        }
        if (IsUnicast)
            return;
        bool isOther = MulticastGroup.Family != Family;
        if (!isOther && (Family == AddressFamily.IPv4 || GlobalDefsBlock.IsLinkLocalGroup(MulticastGroup)))
            return;
        Report(
            diagnostics, isOther ? DiagnosticCatalogue.AddressOfOtherFamily : DiagnosticCatalogue.NotMulticast, _spans.MulticastGroup,
            isOther
                ? $"({Name}) mcast_dst_ip {MulticastGroup} is not of the instance's family - ignoring"
                : $"({Name}) mcast_dst_ip {MulticastGroup} is not of link-local scope - ignoring",
            $"leave it out for {usual}");
        MulticastGroup = usual;
    }

    private void ChooseAuthentication(DiagnosticBag diagnostics)
    {
        if (Authentication is null)
            return;
        AuthenticationType type = Authentication.Type;
        if (type == AuthenticationType.None)
        {
            ReportNoType(Authentication, diagnostics);
            return;
        }
        string? refusal = null;
        Said said = Said.No;
        if (StrictMode)
            refusal = $"({Name}) Strict mode does not support authentication. Ignoring.";
        else if (Version == 3)
            refusal = $"({Name}) VRRP version 3 does not support authentication. Ignoring.";
        else if (type == AuthenticationType.AuthenticationHeader && Family == AddressFamily.IPv6)
            refusal = $"({Name}) auth_type AH is not possible with IPv6. Ignoring authentication.";
        else if (Authentication.Password.Length == 0)
        {
            refusal = $"({Name}) there is no auth_pass, or an empty one. Ignoring authentication.";
            said = Authentication.Spans.HasMistake(nameof(Authentication.Password));
        }
        if (refusal is not null)
        {
            ReportUnless(
                said, diagnostics, StrictMode ? DiagnosticCatalogue.StrictMode : DiagnosticCatalogue.AuthenticationIgnored, Authentication.Spans.Type, refusal);
            return;
        }
        AuthenticationType = type;
        _authenticationData = Base.PinnedBytes.Make(PasswordLength);
        int used = Math.Min(PasswordLength, Authentication.Password.Length);
        Authentication.Password.AsSpan(0, used).CopyTo(_authenticationData);
        ReportTruncation(Authentication, diagnostics);
        // The sequence numbers of AH begin with the first advertisement that is heard.
        if (type == AuthenticationType.AuthenticationHeader && State == ConfiguredState.Master && !IsOwner)
        {
            State = ConfiguredState.Backup;
            Report(
                diagnostics, DiagnosticCatalogue.InitialStateReset, _spans.State, $"({Name}) initial state MASTER is not possible with auth_type AH - resetting");
        }
    }

    private void ReportTruncation(AuthenticationBlock authentication, DiagnosticBag diagnostics)
    {
        int length = authentication.Password.Length;
        if (length <= PasswordLength)
            return;
        Report(
            diagnostics, DiagnosticCatalogue.PasswordTruncated, authentication.Spans.Password, "Truncating auth_pass to 8 characters",
            $"the last {length - PasswordLength} of {length} are not used; use a password of at most 8 characters on all routers");
    }

    private void ReportNoType(AuthenticationBlock authentication, DiagnosticBag diagnostics)
    {
        // Without its block, which has been said, it has nothing.
        Said said = authentication.Spans.HasMistake(nameof(authentication.Type))
            || (authentication.Spans.Password.IsGiven ? Said.No : _spans.HasMistake(nameof(Authentication)));
        ReportUnless(
            said, diagnostics, DiagnosticCatalogue.AuthenticationWithoutType, _spans.Authentication,
            $"({Name}) there is no auth_type. Ignoring authentication.", "write 'auth_type PASS' into it, or leave it out");
        // keepalived counts it where it is read, used or not.
        ReportTruncation(authentication, diagnostics);
    }

    private void ChooseHmac(DiagnosticBag diagnostics)
    {
        UsesHmac = AuthHmac?.Normalise(Name, AdvertisementInterval, StrictMode, diagnostics) == true;
        if (!UsesHmac || AuthenticationType == AuthenticationType.None)
            return;
        AuthenticationType = AuthenticationType.None;
        _authenticationData = [];
        Report(
            diagnostics, DiagnosticCatalogue.AuthenticationIgnored, _spans.Authentication,
            $"({Name}) auth_hmac takes the place of authentication. Ignoring authentication.", "leave one of them out");
    }
}
