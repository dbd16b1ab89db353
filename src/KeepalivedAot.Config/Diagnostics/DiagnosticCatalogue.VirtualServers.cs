namespace KeepalivedAot.Config.Diagnostics;

// 06xx: virtual servers and checkers.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind InvalidHex = Misread(601, ConfigErrorClass.GeneralError, "no hexadecimal number", null);

    public static readonly DiagnosticKind InvalidStatusCode = Misread(602, ConfigErrorClass.GeneralError, "no status code of HTTP", "It is left out; the others count.");

    public static readonly DiagnosticKind InvalidDomainName = Misread(603, ConfigErrorClass.GeneralError, "no domain name", null);

    public static readonly DiagnosticKind InvalidRange = Misread(604, ConfigErrorClass.GeneralError, "no range of addresses", "The line is left out.");

    public static readonly DiagnosticKind InvalidMethod = Error(605, ConfigErrorClass.GeneralError, "impossible way to forward packets", null);

    public static readonly DiagnosticKind ServiceWithoutServers = Error(
        606, ConfigErrorClass.GeneralError, "virtual server without real servers", "It is left out.");

    public static readonly DiagnosticKind ServiceDefault = Error(
        607, ConfigErrorClass.GeneralError, "virtual server without a setting that it needs", "keepalived takes its default and counts it as an error.");

    public static readonly DiagnosticKind ServiceConflict = Error(
        608, ConfigErrorClass.GeneralError, "settings of a virtual server that exclude each other", null);

    public static readonly DiagnosticKind QuorumReduced = Error(
        609, ConfigErrorClass.GeneralError, "quorum that cannot be met", "Quorum is the sum of the weights of the real servers that are up, and hysteresis is less than it.");

    public static readonly DiagnosticKind DuplicateServer = Error(
        610, ConfigErrorClass.GeneralError, "server given twice", "The second one is left out.");

    public static readonly DiagnosticKind ServerFamily = Error(
        611, ConfigErrorClass.GeneralError, "server of the other family", "Only a tunnel leads from one family to the other.");

    public static readonly DiagnosticKind CheckerDropped = Error(
        612, ConfigErrorClass.GeneralError, "checker that cannot check", "It is left out.");

    /// <summary>keepalived leaves the virtual server out with a line in its log, and a config test is content.</summary>
    public static readonly DiagnosticKind UnknownGroup = Warning(
        613, ConfigErrorClass.Ok, "virtual server of a group that is not there", "It is left out.");

    public static readonly DiagnosticKind EmptyGroup = Error(
        614, ConfigErrorClass.GeneralError, "group without addresses", "It is left out.");

    public static readonly DiagnosticKind OrderMatters = Error(
        615, ConfigErrorClass.GeneralError, "setting before what it belongs to", "keepalived reads from top to bottom.");

    public static readonly DiagnosticKind RepeatedCounts = Error(
        616, ConfigErrorClass.GeneralError, "setting given twice where keepalived minds", null);

    public static readonly DiagnosticKind CheckerSetting = Error(
        617, ConfigErrorClass.GeneralError, "settings of a checker that do not go together", null);

    public static readonly DiagnosticKind RegexSetting = Warning(
        618, ConfigErrorClass.Ok, "setting of a regular expression that is not used", "keepalived passes over it too, and says nothing.");

    public static readonly DiagnosticKind ServiceSettingUnused = Warning(
        619, ConfigErrorClass.Ok, "setting of a virtual server that is not used", "keepalived accepts it, and it changes nothing.");

    public static readonly DiagnosticKind GroupFamily = Error(
        621, ConfigErrorClass.GeneralError, "group with a mark of any family", "A mark without a family is of that of the servers, and a group of both has servers of none; the group is left out.");

    /// <summary>keepalived leaves the virtual server out with a line in its log, and a config test is content.</summary>
    public static readonly DiagnosticKind GroupOfOtherFamily = Warning(
        622, ConfigErrorClass.Ok, "virtual server of another family than its group", "It is left out.");

    public static readonly DiagnosticKind MaskWithoutDots = Warning(
        620, ConfigErrorClass.Ok, "mask of IPv4 without dots", "keepalived reads the number as an address, and so as a mask of a few last bits.");
}
