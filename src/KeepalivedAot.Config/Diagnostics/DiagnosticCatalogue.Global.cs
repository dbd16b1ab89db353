namespace KeepalivedAot.Config.Diagnostics;

// 0430 to 0439 and 0425: global_defs and what stands beside it.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind InstanceWithSlash = Fatal(
        425, ConfigErrorClass.Fatal, "name of the daemon's instance with a slash", "Pid files have it in their names, and could not be made.");

    public static readonly DiagnosticKind ChainsAlike = Error(
        430, ConfigErrorClass.GeneralError, "one chain for both directions", "Packets in and out are dropped by different rules.");

    public static readonly DiagnosticKind OldForm = Error(
        431, ConfigErrorClass.GeneralError, "old form of a line", "It is read as before, and may not be for ever.");

    public static readonly DiagnosticKind FifoTwice = Warning(
        432, ConfigErrorClass.Ok, "one FIFO twice", "Readers could not tell whose events they get; those of the more special kind are left out.");

    public static readonly DiagnosticKind ZeroTimeout = Error(
        433, ConfigErrorClass.GeneralError, "timeout of zero", "One second is used.");

    public static readonly DiagnosticKind EmptyBlock = Error(
        434, ConfigErrorClass.GeneralError, "block with nothing in it", null);

    public static readonly DiagnosticKind ResetByLater = Warning(
        435, ConfigErrorClass.Ok, "setting that a later line resets", "keepalived does so in silence.");

    public static readonly DiagnosticKind IpsetsAlike = Error(
        436, ConfigErrorClass.GeneralError, "one name for two ipsets", "Each holds something else.");

    public static readonly DiagnosticKind IpsetsWithoutIptables = Warning(
        437, ConfigErrorClass.Ok, "ipsets without iptables", "Sets are looked at by rules, of which there are none.");

    public static readonly DiagnosticKind BufferPolicies = Error(
        438, ConfigErrorClass.GeneralError, "several sizes of one buffer", "A number comes before MTU, and MTU before ADVERT.");

    public static readonly DiagnosticKind InvalidHost = Misread(
        439, ConfigErrorClass.GeneralError, "neither an address nor the name of a host", null);
}
