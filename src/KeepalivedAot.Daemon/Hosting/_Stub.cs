using KeepalivedAot.Config.Diagnostics;
namespace KeepalivedAot.Daemon.Hosting;
internal static class DiagnosticRenderer
{
    public static string Render(Diagnostic d, bool colour = false) => d.ToString();
    public static string RenderAll(DiagnosticBag b) => string.Join('\n', b.Select(d => d.ToString()));
}
