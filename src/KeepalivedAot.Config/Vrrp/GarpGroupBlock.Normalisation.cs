using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class GarpGroupBlock
{
    private static readonly Duration LongInterval = Duration.FromSeconds(1);

    /// <summary>Keeps the interfaces that no group before this has; false, and said, when the group says nothing.</summary>
    /// <param name="number">Its place among the groups, from 0.</param>
    /// <param name="seen">Interfaces of the groups before, and where they were written.</param>
    internal bool Normalise(int number, Dictionary<string, SourceSpan> seen, DiagnosticBag diagnostics)
    {
        if (GarpInterval is null && GnaInterval is null)
        {
            diagnostics.ReportUnless(
                _spans.HasMistake(nameof(GarpInterval)) || _spans.HasMistake(nameof(GnaInterval)), DiagnosticCatalogue.GarpGroupWithoutInterval, _spans.Block,
                string.Create(CultureInfo.InvariantCulture, $"garp group {number} does not have any delay set - removing"),
                "add 'garp_interval SECONDS' or 'gna_interval SECONDS'");
            return false;
        }
        WarnIfLong("garp_interval", GarpInterval, _spans.GarpInterval, diagnostics);
        WarnIfLong("gna_interval", GnaInterval, _spans.GnaInterval, diagnostics);
        if (Interface is not null && !TryTake(Interface, _spans.Interface, seen, diagnostics))
            Interface = null;
        Interfaces.RemoveAll(i => !TryTake(i.Name, i.Span, seen, diagnostics));
        return true;
    }

    private static bool TryTake(string name, SourceSpan span, Dictionary<string, SourceSpan> seen, DiagnosticBag diagnostics)
    {
        if (seen.TryAdd(name, span))
            return true;
        Diagnostic again = diagnostics.Report(
            DiagnosticCatalogue.GarpGroupInterface, span, $"garp_group already specified for {name} - ignoring", "leave one of them out");
        diagnostics.Relate(again, seen[name], "specified here");
        return false;
    }

    private static void WarnIfLong(string word, Duration? interval, SourceSpan span, DiagnosticBag diagnostics)
    {
        if (interval >= LongInterval)
            diagnostics.Report(DiagnosticCatalogue.LongGarpInterval, span, $"{word} of {interval} seconds is long");
    }
}
