using System.Globalization;
using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Golden;

/// <summary>What users get to see of one configuration: the report, the exit statuses, and what it comes to.</summary>
internal static class GoldenRecording
{
    /// <summary>Conditional lines of the golden files are for this host.</summary>
    public static LoadOptions Options { get; } = new() { IsConfigTest = true, ConfigId = "host1" };

    /// <param name="path">Relative to <see cref="GoldenFiles.Root"/>.</param>
    public static LoadResult Load(string path) => ConfigurationLoader.Load(path, new GoldenFiles(), Options);

    public static string Of(string path)
    {
        LoadResult result = Load(path);
        CheckReport report = new([result]);
        StringBuilder text = new();
        text.Append(report.Write(ReportFormat.Text));
        text.Append(CultureInfo.InvariantCulture, $"check: {report.ExitStatus(strict: false)}\n");
        text.Append(CultureInfo.InvariantCulture, $"check --strict: {report.ExitStatus(strict: true)}\n");
        text.Append(CultureInfo.InvariantCulture, $"-t: {result.TestExitStatus}\n");
        text.Append(CultureInfo.InvariantCulture, $"start: {result.StartExitStatus}\n");
        if (result.CanRun)
            text.Append("config:\n").Append(EffectiveConfiguration.ToText(result.Configuration, showsSecrets: false));
        return text.ToString();
    }
}
