namespace KeepalivedAot.Config.Diagnostics;

// KA05xx: files and what the host has.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind FileNotReadable = Fatal(
        501, ConfigErrorClass.FileNotFound, "configuration file that cannot be read", null);

    /// <summary>For whoever knows the interfaces of the machine.</summary>
    public static readonly DiagnosticKind UnknownInterface = Fatal(
        502, ConfigErrorClass.BadInterface, "interface that does not exist", "With 'dynamic_interfaces' it may come later.");
}
