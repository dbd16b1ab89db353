namespace KeepalivedAot.Config.Diagnostics;

// 0430 to 0439: global_defs.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind ChainsAlike = Error(
        430, ConfigErrorClass.GeneralError, "one chain for both directions", "Packets in and out are dropped by different rules.");

    public static readonly DiagnosticKind OldForm = Error(
        431, ConfigErrorClass.GeneralError, "old form of a line", "It is read as before, and may not be for ever.");

    public static readonly DiagnosticKind FifoTwice = Error(
        432, ConfigErrorClass.GeneralError, "one FIFO twice", "Readers could not tell whose events they get; those of the more special kind are left out.");

    public static readonly DiagnosticKind ZeroTimeout = Error(
        433, ConfigErrorClass.GeneralError, "timeout of zero", "One second is used.");

    public static readonly DiagnosticKind EmptyBlock = Error(
        434, ConfigErrorClass.GeneralError, "block with nothing in it", null);
}
