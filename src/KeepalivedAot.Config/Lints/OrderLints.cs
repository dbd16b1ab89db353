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
            Diagnostic late = diagnostics.Report(
                DiagnosticCatalogue.GlobalsTooLate, setting.Written, $"{setting.Word} does not hold for {above.Name}, which stands above it",
                "move 'global_defs { … }' to the top of the file");
            diagnostics.Relate(late, above.Spans.Block, $"{above.Name} begins here");
        }
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
