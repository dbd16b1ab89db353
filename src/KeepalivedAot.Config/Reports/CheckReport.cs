using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Reports;

/// <summary>What <c>check</c> found in one or more files, each read on its own.</summary>
public sealed class CheckReport(IReadOnlyList<LoadResult> files)
{
    public const int Clean = 0;
    public const int WarningsOnly = 1;
    public const int WithErrors = 2;

    /// <summary>In the order in which they were named.</summary>
    public IReadOnlyList<LoadResult> Files { get; } = files;

    public int Errors { get; } = files.Sum(static file => file.Diagnostics.Errors);
    public int Warnings { get; } = files.Sum(static file => file.Diagnostics.Warnings);
    public int Hints { get; } = files.Sum(static file => file.Diagnostics.Hints);

    /// <summary>Findings that were counted and not kept (<see cref="DiagnosticBag.Limit"/>).</summary>
    public int Dropped { get; } = files.Sum(static file => file.Diagnostics.Dropped);

    /// <summary>0 when all is well; hints never count.</summary>
    /// <param name="strict">Warnings count.</param>
    public int ExitStatus(bool strict)
    {
        if (Errors > 0)
            return WithErrors;
        return strict && Warnings > 0 ? WarningsOnly : Clean;
    }

    /// <summary>The whole report; ends with a line feed.</summary>
    /// <param name="useColour">Only for <see cref="ReportFormat.Text"/>.</param>
    /// <param name="toolVersion">Only for <see cref="ReportFormat.Sarif"/>: the release of the program.</param>
    public string Write(ReportFormat format, bool useColour = false, string? toolVersion = null) => format switch
    {
        ReportFormat.Json => JsonReport.Write(this),
        ReportFormat.Sarif => SarifReport.Write(this, toolVersion),
        _ => TextReport.Write(this, useColour),
    };

    /// <summary>The findings of one file in the order of its text.</summary>
    internal static IEnumerable<Diagnostic> Ordered(LoadResult file) => file.Diagnostics.InTextOrder();

    /// <summary>The file that was asked for; it may have included others.</summary>
    internal static string PathOf(LoadResult file) => file.Sources.Files[0].Path;
}
