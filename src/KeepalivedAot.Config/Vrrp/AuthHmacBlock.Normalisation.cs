using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class AuthHmacBlock
{
    private const long ShortestWindow = 5;
    private const long LongestWindow = 300;
    private const long IntervalsOfWindow = 3;

    /// <summary>Makes every property final; false, and said, when the block cannot be used.</summary>
    /// <param name="interval">How often the instance advertises.</param>
    internal bool Normalise(string instance, Duration interval, bool isStrict, DiagnosticBag diagnostics)
    {
        RemoveDuplicateKeys(instance, diagnostics);
        if (_spans.TimeWindow.IsGiven && AntiReplay == AntiReplay.Monotonic)
        {
            TimeWindow = null;
            diagnostics.Report(
                DiagnosticCatalogue.HmacSetting, _spans.TimeWindow, $"({instance}) time_window is for 'anti_replay time' only - ignoring", "leave it out");
        }
        TimeWindow ??= Duration.FromSeconds(Math.Clamp(IntervalsOfWindow * interval.WholeSeconds, ShortestWindow, LongestWindow));
        if (isStrict && Mode != HmacMode.Enforce)
        {
            Mode = HmacMode.Enforce;
            diagnostics.Report(DiagnosticCatalogue.StrictMode, _spans.Mode, $"({instance}) strict mode requires auth_hmac mode enforce - resetting");
        }
        if (Keys.Exists(k => k.Id == ActiveKey))
            return true;
        string fault = Keys.Count == 0 ? "has no key that can be used"
            : ActiveKey == 0 ? "has no active_key"
            : $"has no key {ActiveKey}, which is its active_key";
        SourceSpan where = ActiveKey == 0 || Keys.Count == 0 ? _spans.Block : _spans.ActiveKey;
        Said said = _spans.HasMistake(nameof(Keys)) || _spans.HasMistake(nameof(ActiveKey));
        diagnostics.ReportUnless(
            said, DiagnosticCatalogue.HmacDropped, where, $"({instance}) auth_hmac {fault}. Ignoring auth_hmac.",
            Keys.Count == 0 ? "add 'key 1 hex:…' and 'active_key 1'" : $"write 'active_key {Keys[0].Id}'");
        return false;
    }

    private void RemoveDuplicateKeys(string instance, DiagnosticBag diagnostics)
    {
        for (int i = Keys.Count - 1; i > 0; i--)
        {
            HmacKey first = Keys.Find(k => k.Id == Keys[i].Id)!;
            if (first == Keys[i])
                continue;
            Diagnostic again = diagnostics.Report(
                DiagnosticCatalogue.HmacKey, Keys[i].Span, $"({instance}) auth_hmac key {first.Id} is given twice - ignoring");
            diagnostics.Relate(again, first.Span, "given first here");
            Keys.RemoveAt(i);
        }
    }
}
