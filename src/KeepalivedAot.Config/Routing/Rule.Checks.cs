using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

public abstract partial class Rule
{
    private static readonly string[] s_actions =
        [nameof(RoutingTable), nameof(L3mdev), nameof(Goto), nameof(Nop), nameof(Blackhole), nameof(Unreachable), nameof(Prohibit)];

    private SourceSpan _line;

    public AddressFamily Family { get; private set; } = AddressFamily.IPv4;

    /// <summary>What the rule does; with l3mdev a lookup too, in a table that the packet chooses.</summary>
    public RuleAction Action { get; private set; }

    /// <summary>The line has been read: the family, the one action, the preference.</summary>
    internal void Finish(Parser parser)
    {
        _line = parser.LineSpan;
        TypeWord = null;
        if (!parser.IsLineUsable)
            return;
        if (!ChooseFamily(parser.Diagnostics) || !ChooseAction(parser.Diagnostics) || !CheckTableOnly(parser.Diagnostics) || !ChoosePreference(parser))
        {
            parser.DropLine();
            return;
        }
        // Every packet matches: that need not be said, if the family is known.
        From = From?.In(Family);
        To = To?.In(Family);
        if (From is not null || To is not null)
        {
            Inet = null;
            Inet6 = null;
        }
        CheckRange(parser.Diagnostics, SourcePorts?.First > SourcePorts?.Last, nameof(SourcePorts));
        CheckRange(parser.Diagnostics, DestinationPorts?.First > DestinationPorts?.Last, nameof(DestinationPorts));
        CheckRange(parser.Diagnostics, Users?.First > Users?.Last, nameof(Users));
        if (NoTrack || Protocol == Route.KeepalivedProtocol)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.ProtocolReset, SpanOf(nameof(Protocol)),
            $"Rule cannot be tracked if protocol is not RTPROT_KEEPALIVED({Route.KeepalivedProtocol}), resetting protocol", "add 'no_track'");
        Protocol = Route.KeepalivedProtocol;
        Forget(nameof(Protocol));
    }

    /// <summary>Puts numbers for names.</summary>
    /// <returns>False: the rule is left out.</returns>
    internal bool Check(NameResolver names)
    {
        bool isUsable = true;
        if (RoutingTable is NamedNumber<RoutingTableKind> table)
        {
            isUsable &= names.Resolve(table, SpanOf(nameof(RoutingTable)), "Routing table", out table);
            RoutingTable = table;
            if (isUsable && table is { Number: 0, Name: null })
            {
                names.Diagnostics.Report(DiagnosticCatalogue.TableZero, SpanOf(nameof(RoutingTable)), "Table 0 is not valid", "write a number from 1, or a name");
                isUsable = false;
            }
        }
        isUsable &= names.Resolve(TypeOfService, SpanOf(nameof(TypeOfService)), "TOS value", out NamedNumber<TrafficClassKind> tos);
        TypeOfService = tos;
        if (IpProtocol is NamedNumber<IpProtocolKind> protocol)
        {
            isUsable &= names.Resolve(protocol, SpanOf(nameof(IpProtocol)), "IP protocol", out protocol);
            IpProtocol = protocol;
        }
        if (SuppressInterfaceGroup is NamedNumber<InterfaceGroupKind> group)
        {
            isUsable &= names.Resolve(group, SpanOf(nameof(SuppressInterfaceGroup)), "suppress_group", out group);
            SuppressInterfaceGroup = group;
        }
        if (Realms is Realms realms)
        {
            isUsable &= names.Resolve(realms, SpanOf(nameof(Realms)), out realms);
            Realms = realms;
        }
        return isUsable;
    }

    private bool ChooseFamily(DiagnosticBag diagnostics)
    {
        AddressFamily given = Inet6 is not null ? AddressFamily.IPv6 : Inet is not null ? AddressFamily.IPv4 : AddressFamily.None;
        SourceSpan decided = Inet6 is not null ? SpanOf(nameof(Inet6)) : SpanOf(nameof(Inet));
        if (!Agrees(From, nameof(From)) || !Agrees(To, nameof(To)))
            return false;
        Family = given == AddressFamily.None ? AddressFamily.IPv4 : given;
        return true;

        bool Agrees(PrefixOrAny? selector, string setting)
        {
            AddressFamily its = selector?.Family ?? AddressFamily.None;
            if (its == AddressFamily.None || its == given)
                return true;
            if (given == AddressFamily.None)
            {
                given = its;
                decided = SpanOf(setting);
                return true;
            }
            Diagnostic mixed = diagnostics.Report(
                DiagnosticCatalogue.MixedFamilies, SpanOf(setting), "rule specification has mixed IPv4 and IPv6");
            diagnostics.Relate(mixed, decided, $"the rule is {(given == AddressFamily.IPv6 ? "IPv6" : "IPv4")} because of this");
            return false;
        }
    }

    private bool ChooseAction(DiagnosticBag diagnostics)
    {
        SourceSpan chosen = default;
        foreach (string action in s_actions)
        {
            SourceSpan span = SpanOf(action);
            if (!span.IsGiven)
                continue;
            if (chosen.IsGiven)
            {
                (SourceSpan first, SourceSpan second) = chosen.Position < span.Position ? (chosen, span) : (span, chosen);
                ReportSecondAction(diagnostics, first, second);
                return false;
            }
            chosen = span;
        }
        if (!chosen.IsGiven)
        {
            diagnostics.Report(DiagnosticCatalogue.RuleWithoutAction, _line, "No action specified for rule - ignoring", "add 'table NAME', for example");
            return false;
        }
        Action = RoutingTable is not null || L3mdev ? RuleAction.Lookup
            : Goto is not null ? RuleAction.Goto
            : Nop ? RuleAction.Nop
            : Blackhole ? RuleAction.Blackhole
            : Unreachable ? RuleAction.Unreachable
            : RuleAction.Prohibit;
        return true;
    }

    internal static void ReportSecondAction(DiagnosticBag diagnostics, SourceSpan first, SourceSpan second)
    {
        Diagnostic several = diagnostics.Report(
            DiagnosticCatalogue.RuleActions, second, "Cannot specify more than one of table/nop/goto/blackhole/prohibit/unreachable/l3mdev for rule");
        diagnostics.Relate(several, first, "the first action");
    }

    private bool CheckTableOnly(DiagnosticBag diagnostics)
    {
        if (Realms is not null && Family == AddressFamily.IPv6)
        {
            diagnostics.Report(DiagnosticCatalogue.FamilyOnly, SpanOf(nameof(Realms)), "realms is only valid for IPv4", "leave it out");
            return false;
        }
        SourceSpan option = Realms is not null ? SpanOf(nameof(Realms))
            : SuppressPrefixLength is not null ? SpanOf(nameof(SuppressPrefixLength))
            : SpanOf(nameof(SuppressInterfaceGroup));
        if (Action == RuleAction.Lookup || !option.IsGiven)
            return true;
        diagnostics.Report(DiagnosticCatalogue.TableActionOnly, option, "suppressor/realm specified for non table action - skipping");
        return false;
    }

    private bool ChoosePreference(Parser parser)
    {
        if (Goto is uint target)
        {
            if (Preference is not RulePriority own)
            {
                parser.Diagnostics.Report(
                    DiagnosticCatalogue.GotoTarget, SpanOf(nameof(Goto)), $"Invalid rule - goto target {target} specified without preference",
                    "add 'preference NUMBER'");
                return false;
            }
            if (own.Value >= target)
            {
                parser.Diagnostics.Report(
                    DiagnosticCatalogue.GotoTarget, SpanOf(nameof(Goto)), $"Invalid rule - preference {own.Value} >= goto target {target}");
                return false;
            }
        }
        if (Preference is not null)
            return true;
        // Those of rules that are there do not change because of one that is ignored.
        RulePreferences preferences = parser.IsIgnored ? new RulePreferences() : parser.Configuration.RulePreferences;
        Preference = new RulePriority(preferences.Next(Family));
        parser.Diagnostics.Report(
            DiagnosticCatalogue.RuleWithoutPreference, _line,
            $"Rule has no preference specified - setting to {Preference.Value.Value}. This is probably not what you want.",
            $"add 'preference {Preference.Value.Value}'");
        return true;
    }

    private void CheckRange(DiagnosticBag diagnostics, bool isBackwards, string setting)
    {
        if (isBackwards)
            diagnostics.Report(DiagnosticCatalogue.RangeBackwards, SpanOf(setting), "the range ends before it begins", "write the smaller number first");
    }
}
