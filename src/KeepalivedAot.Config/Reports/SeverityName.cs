using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Reports;

internal static class SeverityName
{
    /// <summary>The word of the text and the JSON report.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "hint",
    };

    /// <summary>SARIF's: 3.27.10.</summary>
    public static string SarifLevel(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
