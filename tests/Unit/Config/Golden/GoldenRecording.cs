using System.Globalization;
using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Golden;

/// <summary>What users get to see of one configuration: the report, the exit statuses, and what it comes to.</summary>
internal static class GoldenRecording
{
    /// <summary>Conditional lines of the golden files are for this host.</summary>
    public static LoadOptions Options { get; } = new() { IsConfigTest = true, ConfigId = "host1" };

    /// <summary>All inputs, without their extensions.</summary>
    public static IEnumerable<string> Names
        => Directory.EnumerateFiles(GoldenFiles.Root).Where(static path => Path.GetExtension(path) is ".in" or ".path")
            .Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static LoadResult Load(string name) => ConfigurationLoader.Load(PathOf(name), new GoldenFiles(), Options);

    /// <summary>As <c>check</c> reads it.</summary>
    public static LoadResult LoadWithLints(string name)
    {
        LoadResult result = Load(name);
        ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        return result;
    }

    public static bool Exists(string name) => Names.Contains(name);

    // What -f is given, where that is not the input itself.
    private static string PathOf(string name)
    {
        string pattern = Path.Combine(GoldenFiles.Root, name + ".path");
        return File.Exists(pattern) ? File.ReadAllText(pattern).Trim() : name + ".in";
    }

    public static string Of(string name)
    {
        LoadResult result = LoadWithLints(name);
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
