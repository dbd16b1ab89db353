namespace KeepalivedAot.Config.Diagnostics;

// Addresses, routes and rules: KA0470 to KA0494.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind UnknownName = Misread(
        470, ConfigErrorClass.GeneralError, "name that stands for no number", "iproute2's files give names to tables, scopes, realms and so on.");

    public static readonly DiagnosticKind NameOfAnotherHost = Warning(
        471, ConfigErrorClass.Ok, "name that is not known here", "The host that the file is for may have it in its iproute2 files.");

    public static readonly DiagnosticKind InvalidRouteTime = Misread(
        472, ConfigErrorClass.GeneralError, "no time of a route", "Without a unit it is in the kernel's own, which differs from option to option.");

    public static readonly DiagnosticKind RouteTimeLimited = Error(
        473, ConfigErrorClass.GeneralError, "time of a route out of range", null);

    public static readonly DiagnosticKind WordPassedOver = Warning(
        474, ConfigErrorClass.Ok, "word behind inet or inet6", "It is not read, whatever it says.");

    public static readonly DiagnosticKind AsUnsupported = Misread(
        475, ConfigErrorClass.GeneralError, "'as' on a route", "It meant network address translation by routes, which Linux no longer has.");

    public static readonly DiagnosticKind EncapsulationInvalid = Misread(
        476, ConfigErrorClass.GeneralError, "encapsulation that cannot be", null);

    public static readonly DiagnosticKind BehindNexthops = Misread(
        477, ConfigErrorClass.GeneralError, "words behind the last nexthop", null);

    public static readonly DiagnosticKind RouteWithoutDestination = Error(
        478, ConfigErrorClass.GeneralError, "route without destination", "It is left out.");

    public static readonly DiagnosticKind MixedFamilies = Error(
        479, ConfigErrorClass.GeneralError, "IPv4 and IPv6 in one line", "It is left out.");

    public static readonly DiagnosticKind RuleWithoutAction = Error(
        485, ConfigErrorClass.GeneralError, "rule without action", "It is left out.");

    public static readonly DiagnosticKind RuleActions = Error(
        486, ConfigErrorClass.GeneralError, "rule with several actions", "It is left out.");

    public static readonly DiagnosticKind TableZero = Error(
        487, ConfigErrorClass.GeneralError, "table 0", "It stands for no table.");

    public static readonly DiagnosticKind RuleWithoutPreference = Error(
        488, ConfigErrorClass.GeneralError, "rule without preference",
        "keepalived counts downwards from 16384, so that a rule's place depends on what else is in the file.");

    public static readonly DiagnosticKind GotoTarget = Error(
        489, ConfigErrorClass.GeneralError, "goto that does not go forward", "A rule can only lead to one of a larger preference.");

    public static readonly DiagnosticKind TableActionOnly = Error(
        490, ConfigErrorClass.GeneralError, "option for rules with a table", "The rule is left out.");

    public static readonly DiagnosticKind RangeBackwards = Warning(
        491, ConfigErrorClass.Ok, "range that is empty", "keepalived hands it to the kernel, which refuses the rule.");

    public static readonly DiagnosticKind AddressOptionIgnored = Error(
        492, ConfigErrorClass.GeneralError, "option that the address cannot have", "The option is ignored.");

    public static readonly DiagnosticKind AddressDropped = Error(
        493, ConfigErrorClass.GeneralError, "address that cannot be used", "The address is left out.");

    public static readonly DiagnosticKind InsertionReplaced = Warning(
        494, ConfigErrorClass.Ok, "option that a later one replaces", null);

    public static readonly DiagnosticKind FamilyOnly = Error(
        495, ConfigErrorClass.GeneralError, "option of the other family", "The line is left out.");

    public static readonly DiagnosticKind UntrackedRoute = Warning(
        496, ConfigErrorClass.GeneralError, "route without interface",
        "Somebody else's removal of it is not noticed. 'no_track' says that this is meant.");

    public static readonly DiagnosticKind ProtocolReset = Error(
        497, ConfigErrorClass.GeneralError, "protocol that cannot be tracked", "keepalived knows what is its own by protocol 18.");

    public static readonly DiagnosticKind UnknownTrackGroup = Error(
        498, ConfigErrorClass.GeneralError, "track_group that is not there", "It must be defined earlier in the file.");

    public static readonly DiagnosticKind TrackGroupWithoutInterface = Error(
        499, ConfigErrorClass.GeneralError, "track_group without an interface", null);
}
