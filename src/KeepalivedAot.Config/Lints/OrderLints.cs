using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>What must stand above the place where it is used (grammar 14): defaults that an instance takes as it begins.</summary>
internal static class OrderLints
{
    private readonly record struct Default(string Word, SourceSpan Written, Func<VrrpInstanceBlock, SourceSpan> Own);

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (Default setting in Defaults(configuration.GlobalDefs))
        {
            if (!setting.Written.IsGiven)
                continue;
            VrrpInstanceBlock? above = configuration.VrrpInstances.Find(
                i => !setting.Own(i).IsGiven && WrittenText.IsAbove(diagnostics.Sources, i.Spans.Block, setting.Written));
            if (above is null)
                continue;
            ReportLate(setting.Word, setting.Written, above.Name, above.Spans.Block, diagnostics);
        }
        CheckScripts(configuration, diagnostics);
    }

    // Who a script runs as is decided where it is read.
    private static void CheckScripts(Configuration configuration, DiagnosticBag diagnostics)
    {
        GlobalDefsBlock globals = configuration.GlobalDefs;
        if (!globals.Spans.ScriptUser.IsGiven && !globals.Spans.EnableScriptSecurity.IsGiven)
            return;
        ScriptUse[] scripts = [.. ConfigurationScripts.Of(configuration).Where(static s => !s.IsProbe)];
        Check("script_user", globals.Spans.ScriptUser, static s => s.User is null);
        Check("enable_script_security", globals.Spans.EnableScriptSecurity, static _ => true);

        void Check(string word, SourceSpan written, Predicate<ScriptUse> needs)
        {
            if (Array.Find(scripts, s => needs(s) && WrittenText.IsAbove(diagnostics.Sources, s.Span, written)) is { } above)
                ReportLate(word, written, above.Title, above.Span, diagnostics);
        }
    }

    private static void ReportLate(string word, SourceSpan written, string whom, SourceSpan above, DiagnosticBag diagnostics)
    {
        Diagnostic late = diagnostics.Report(
            DiagnosticCatalogue.GlobalsTooLate, written, $"{word} does not hold for {whom}, which stands above it",
            "move 'global_defs { … }' to the top of the file");
        diagnostics.Relate(late, above, $"{whom} is here");
    }

    private static Default[] Defaults(GlobalDefsBlock globals) =>
    [
        new("vrrp_garp_master_delay", globals.Spans.GarpDelay, static i => i.Spans.GarpDelay),
        new("vrrp_garp_master_repeat", globals.Spans.GarpRepeat, static i => i.Spans.GarpRepeat),
        new("vrrp_garp_master_refresh", globals.Spans.GarpRefresh, static i => i.Spans.GarpRefresh),
        new("vrrp_garp_master_refresh_repeat", globals.Spans.GarpRefreshRepeat, static i => i.Spans.GarpRefreshRepeat),
        new("vrrp_down_timer_adverts", globals.Spans.DownTimerAdverts, static i => i.Spans.DownTimerAdverts),
        new("v3_checksum_as_v2", globals.Spans.V3ChecksumAsV2, static i => i.Spans.V3ChecksumAsV2),
        new("vrrp_skip_check_adv_addr", globals.Spans.SkipCheckAdvertisedAddresses, static i => i.Spans.SkipCheckAdvertisedAddresses),
    ];
}
