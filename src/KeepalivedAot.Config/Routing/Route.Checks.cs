using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

public abstract partial class Route
{
    // What is written first and has a family decides; the gateway may be of another one (RFC 8950), from IPv4 to IPv6 only.
    private void ChooseFamily(Parser parser)
    {
        AddressFamily family = AddressFamily.None;
        SourceSpan decided = default;
        Consider(Inet is null ? default : AddressFamily.IPv4, nameof(Inet));
        Consider(Inet6 is null ? default : AddressFamily.IPv6, nameof(Inet6));
        Demand(To.Family, _destinationSpan);
        Demand(Source.Family, SpanOf(nameof(Source)));
        if (From is PrefixOrAny from)
            Demand(from.Family == AddressFamily.None ? AddressFamily.IPv6 : from.Family, SpanOf(nameof(From)));
        if (Gateway is Gateway gateway)
            Demand(gateway.Address.Family, SpanOf(nameof(Gateway)));
        Demand(SecondGateway.Family, SpanOf(nameof(SecondGateway)));
        if (Nexthops is not null)
        {
            foreach (Nexthop way in Nexthops.Ways)
                Demand(way.Gateway?.Address.Family ?? AddressFamily.None, way.Spans.Gateway);
        }
        Family = family == AddressFamily.None ? AddressFamily.IPv4 : family;

        void Consider(AddressFamily its, string setting)
        {
            if (its == AddressFamily.None)
                return;
            family = its;
            decided = SpanOf(setting);
        }

        void Demand(AddressFamily its, SourceSpan span)
        {
            if (its == AddressFamily.None || its == family)
                return;
            if (family == AddressFamily.None)
            {
                family = its;
                decided = span;
                return;
            }
            Diagnostic mixed = parser.Diagnostics.Report(
                DiagnosticCatalogue.MixedFamilies, span, "Cannot mix IPv4 and IPv6 addresses for route");
            parser.Diagnostics.Relate(mixed, decided, $"the route is {(family == AddressFamily.IPv6 ? "IPv6" : "IPv4")} because of this");
            parser.DropLine();
        }
    }

    private void CheckFamilies(Parser parser)
    {
        if (Family == AddressFamily.IPv6)
        {
            Reject(nameof(Realms), "realms are only valid for IPv4");
            return;
        }
        Reject(nameof(Expires), "expires is only valid for IPv6");
        Reject(nameof(Preference), "pref is only valid for IPv6");

        void Reject(string setting, string message)
        {
            if (!SpanOf(setting).IsGiven)
                return;
            parser.Diagnostics.Report(DiagnosticCatalogue.FamilyOnly, SpanOf(setting), message, "leave it out");
            parser.DropLine();
        }
    }

    /// <summary>Puts numbers for names, and says what does not go together.</summary>
    /// <returns>False: the route is left out.</returns>
    internal bool Check(NameResolver names)
    {
        bool isUsable = true;
        if (RoutingTable is NamedNumber<RoutingTableKind> table)
        {
            isUsable &= names.Resolve(table, SpanOf(nameof(RoutingTable)), "Routing table", out table);
            RoutingTable = table;
        }
        isUsable &= names.Resolve(TypeOfService, SpanOf(nameof(TypeOfService)), "TOS value", out NamedNumber<TrafficClassKind> tos);
        TypeOfService = tos;
        isUsable &= names.Resolve(Protocol, SpanOf(nameof(Protocol)), "Protocol", out NamedNumber<RoutingProtocolKind> protocol);
        Protocol = protocol;
        isUsable &= names.Resolve(Scope, SpanOf(nameof(Scope)), "Scope", out NamedNumber<ScopeKind> scope);
        Scope = scope;
        if (Realms is Realms realms)
        {
            isUsable &= names.Resolve(realms, SpanOf(nameof(Realms)), out realms);
            Realms = realms;
        }
        isUsable &= Encapsulation is null || Encapsulation.Check(names);
        foreach (Nexthop way in Nexthops?.Ways ?? [])
            isUsable &= way.Check(names);
        if (isUsable)
            CheckTracking(names.Diagnostics);
        return isUsable;
    }

    private void CheckTracking(DiagnosticBag diagnostics)
    {
        if (NoTrack)
            return;
        if (Protocol.Name is null && Protocol.Number != KeepalivedProtocol)
        {
            diagnostics.Report(
                DiagnosticCatalogue.ProtocolReset, SpanOf(nameof(Protocol)),
                $"Route cannot be tracked if protocol is not RTPROT_KEEPALIVED({KeepalivedProtocol}), resetting protocol", "add 'no_track'");
            Protocol = new NamedNumber<RoutingProtocolKind>(KeepalivedProtocol);
            Forget(nameof(Protocol));
        }
        if (Device is null)
        {
            diagnostics.Report(
                DiagnosticCatalogue.UntrackedRoute, _destinationSpan,
                $"cannot track route {Destination} with no interface specified, not tracking", "add 'dev INTERFACE', or 'no_track'");
        }
    }
}
