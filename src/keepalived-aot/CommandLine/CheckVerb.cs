using System.CommandLine;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>check</c>: all mistakes of configurations, with the place, the reason and the way out of each.</summary>
internal static class CheckVerb
{
    private const string Always = "always";
    private const string Never = "never";
    private const string Auto = "auto";

    public static Command Make()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Configurations; those of the routers of one virtual router are compared; - is standard input",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = static _ => [DaemonOptions.DefaultConfigurationFile],
        };
        Option<bool> strict = new("--strict") { Description = "Warnings count: exit with 1 when there are some" };
        Option<bool> host = new("--host") { Description = "Compare with this host too: its interfaces (needs root's rights)" };
        Option<string> format = new("--format") { Description = "How to write the findings", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        Option<string> colour = new("--color") { Description = "When to use colour", DefaultValueFactory = static _ => Auto };
        colour.AcceptOnlyFromAmong(Auto, Always, Never);
        Command verb = new("check", "Find all mistakes in configurations, without starting anything");
        verb.Add(files);
        verb.Add(strict);
        verb.Add(format);
        verb.Add(colour);
        verb.Add(host);
        verb.SetAction(result =>
        {
            bool onHost = result.GetValue(host);
            if (Load(result.GetValue(files)!, onHost) is not { } report)
                return CheckReport.WithErrors;
            ReportFormat wanted = FormatOf(result.GetValue(format)!);
            StandardStreams.WriteOutput(report.Write(wanted, UsesColour(result.GetValue(colour)!), ProductVersion.Own));
            return report.ExitStatus(result.GetValue(strict));
        });
        return verb;
    }

    private static CheckReport? Load(string[] paths, bool onHost)
    {
        List<LoadResult> results = [];
        foreach (string path in paths)
        {
            string problem = "";
            LoadResult? result = onHost ? HostCheck.LoadForHost(path, out problem) : HostCheck.LoadAlone(path);
            if (result is null)
            {
                StandardStreams.WriteError($"Cannot read the host's interfaces: {problem}\n");
                return null;
            }
            ConfigurationLints.Run(result.Configuration, result.Diagnostics);
            results.Add(result);
        }
        if (results.Count > 1)
            PeerComparison.Compare(results);
        return new CheckReport(results);
    }

    private static ReportFormat FormatOf(string word) => word switch
    {
        "json" => ReportFormat.Json,
        "sarif" => ReportFormat.Sarif,
        _ => ReportFormat.Text,
    };

    // https://no-color.org: set, and not to the empty string.
    private static bool UsesColour(string when) => when switch
    {
        Always => true,
        Never => false,
        _ => StandardStreams.OutputIsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };
}
