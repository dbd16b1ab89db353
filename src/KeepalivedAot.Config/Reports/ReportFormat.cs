namespace KeepalivedAot.Config.Reports;

/// <summary>How findings are written.</summary>
public enum ReportFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One object; its members are in <c>check.md</c>.</summary>
    Json,

    /// <summary>SARIF 2.1.0, which code hosting services show beside the changed line.</summary>
    Sarif,
}
