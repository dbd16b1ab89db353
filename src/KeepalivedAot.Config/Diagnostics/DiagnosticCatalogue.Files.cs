namespace KeepalivedAot.Config.Diagnostics;

// KA05xx: files and what the host has.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind FileNotReadable = FatalMisread(
        501, ConfigErrorClass.FileNotFound, "configuration file that cannot be read", null);

    /// <summary>For whoever knows the interfaces of the machine.</summary>
    public static readonly DiagnosticKind UnknownInterface = Fatal(
        502, ConfigErrorClass.Warning, "interface that does not exist", "With 'dynamic_interfaces' it may come later.");

    /// <summary>For a config test.</summary>
    public static readonly DiagnosticKind TrackedInterfaceMissing = Error(
        507, ConfigErrorClass.GeneralError, "tracked interface that does not exist", "With 'dynamic_interfaces' it may come later.");

    /// <summary>For whoever knows /etc/hosts.</summary>
    public static readonly DiagnosticKind MailServerUnknown = Warning(
        519, ConfigErrorClass.Ok, "mail server without an address", "No mail is sent; this release looks into /etc/hosts and asks no name server.");

    /// <summary>For what can be done without.</summary>
    public static readonly DiagnosticKind UnusedInterfaceMissing = Error(
        514, ConfigErrorClass.BadInterface, "interface of a list that does not exist", "With 'dynamic_interfaces' it may come later.");

    public static readonly DiagnosticKind LoopbackInterface = Fatal(
        515, ConfigErrorClass.GeneralError, "instance on a loopback interface", "No other router can be heard there.");

    public static readonly DiagnosticKind NoMulticast = Error(
        520, ConfigErrorClass.GeneralError, "instance on an interface without multicast", "Its advertisements would reach nobody.");

    public static readonly DiagnosticKind VrfMissing = Error(
        516, ConfigErrorClass.GeneralError, "VRF of a route that does not exist", "The route is added when there is one.");

    /// <summary>For whoever may enter namespaces.</summary>
    public static readonly DiagnosticKind NetworkNamespaceMissing = Fatal(
        512, ConfigErrorClass.Fatal, "network namespace that cannot be entered", "Elsewhere the addresses would be in the wrong network.");

    public static readonly DiagnosticKind IpvsNamespaceMissing = Warning(
        513, ConfigErrorClass.Ok, "network namespace for IPVS that cannot be entered", null);

    // What a config test says of scripts. The lints KA0940 to KA0944 tell which element of a path it is.

    public static readonly DiagnosticKind ScriptsNotSecured = Error(
        508, ConfigErrorClass.SecurityError, "scripts without enable_script_security",
        "With it a script that somebody else could change is not run as root; without it keepalived's config test always ends with status 6.");

    public static readonly DiagnosticKind TestedScriptUnknownUser = Error(
        509, ConfigErrorClass.GeneralError, "user of a script that does not exist", "The script is not run.");

    public static readonly DiagnosticKind TestedScriptUnusable = Error(
        510, ConfigErrorClass.GeneralError, "tracked script that cannot be run", "It is left out, and lines that track it with it.");

    public static readonly DiagnosticKind TestedNotifierUnusable = Warning(
        511, ConfigErrorClass.Ok, "script that will not be run", "keepalived goes on without it.");
}
