using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What is said of a checker that lacks what it checks by: it is left out, and the block that holds it asks for <c>IsUsable</c>.</summary>
internal static class CheckerReports
{
    public static Diagnostic Drop(DiagnosticBag diagnostics, SourceSpan span, string message, string suggestion)
        => diagnostics.Report(DiagnosticCatalogue.CheckerDropped, span, message, suggestion);

    /// <param name="said">Whether what it lacks was written, and what is wrong with it has been said.</param>
    public static void DropUnless(Said said, DiagnosticBag diagnostics, SourceSpan span, string message, string suggestion)
        => diagnostics.ReportUnless(said, DiagnosticCatalogue.CheckerDropped, span, message, suggestion);

    public static void DropUnknown(Parser parser, SourceSpan span, string message, string kind, string name, IEnumerable<string> known)
    {
        DiagnosticBag diagnostics = parser.Diagnostics;
        string? near = diagnostics.IsFull ? null : Spelling.Nearest(name, known);
        DropUnless(
            parser.Configuration.Lost.Contains(kind, name), diagnostics, span, message + " - ignoring the checker",
            near is null ? $"define '{kind} {name} {{ … }}' before the virtual server" : $"did you mean '{near}'?");
    }
}
