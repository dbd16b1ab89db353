namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Every kind of finding, with its stable code.</summary>
public static class DiagnosticCatalogue
{
}
