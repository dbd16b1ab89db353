using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What is said of a checker that lacks what it checks by: it is left out, and the block that holds it asks for <c>IsUsable</c>.</summary>
internal static class CheckerReports
{
    public static Diagnostic Drop(DiagnosticBag diagnostics, SourceSpan span, string message, string suggestion)
        => diagnostics.Report(DiagnosticCatalogue.CheckerDropped, span, message, suggestion);

    public static void DropUnknown(DiagnosticBag diagnostics, SourceSpan span, string message, string kind, string name, IEnumerable<string> known)
    {
        string? near = diagnostics.IsFull ? null : Spelling.Nearest(name, known);
        Drop(
            diagnostics, span, message + " - ignoring the checker",
            near is null ? $"define '{kind} {name} {{ … }}' before the virtual server" : $"did you mean '{near}'?");
    }
}
