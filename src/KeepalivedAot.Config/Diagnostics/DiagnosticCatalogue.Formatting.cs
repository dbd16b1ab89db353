namespace KeepalivedAot.Config.Diagnostics;

// KA019x: why 'fmt' leaves a file alone.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind FormatChangesMeaning = Error(
        190, ConfigErrorClass.Ok, "layout that would be read differently", "A formatter may change how a file looks and nothing else.");

    public static readonly DiagnosticKind FormatTooLarge = Error(
        191, ConfigErrorClass.Ok, "blocks nested too deeply to be laid out", null);
}
