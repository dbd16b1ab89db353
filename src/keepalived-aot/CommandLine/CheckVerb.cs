using System.CommandLine;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Checks;
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
        Option<string[]> ids = ReadingOptions.ConfigIds("Id for lines that begin with @; with several ids a FILE is read once for each, and the readings are compared as routers");
        Option<bool> includes = ReadingOptions.AllConfig();
        Option<bool> strict = new("--strict") { Description = "Warnings count: exit with 1 when there are some" };
        Option<bool> host = new("--host") { Description = "Compare with this host too: its interfaces (needs root's rights)" };
        Option<string> format = new("--format") { Description = "How to write the findings", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        Option<string> colour = new("--color") { Description = "When to use colour", DefaultValueFactory = static _ => Auto };
        colour.AcceptOnlyFromAmong(Auto, Always, Never);
        Command verb = new("check", "Find all mistakes in configurations, without starting anything");
        verb.Add(files);
        verb.Add(ids);
        verb.Add(includes);
        verb.Add(strict);
        verb.Add(format);
        verb.Add(colour);
        verb.Add(host);
        verb.Validators.Add(result =>
        {
            int given = result.GetValue(ids)?.Length ?? 0;
            int paths = result.GetValue(files)!.Length;
            if (given > 1 && paths > 1 && given != paths)
                result.AddError($"{given} ids for {paths} files: give one id for all files, one for each in their order, or several for a single file");
        });
        verb.SetAction(result =>
        {
            bool onHost = result.GetValue(host);
            if (Load(Readings(result.GetValue(files)!, result.GetValue(ids) ?? []), result.GetValue(includes), onHost) is not { } report)
                return CheckReport.WithErrors;
            ReportFormat wanted = FormatOf(result.GetValue(format)!);
            StandardStreams.WriteOutput(report.Write(wanted, UsesColour(result.GetValue(colour)!), ProductVersion.Own));
            return report.ExitStatus(result.GetValue(strict));
        });
        return verb;
    }

    // One id is for every file, several are for one file; else each file has its own.
    private static List<(string Path, string? Id)> Readings(string[] paths, string[] ids) => (paths.Length, ids.Length) switch
    {
        (_, 0) => [.. paths.Select(static path => (path, (string?)null))],
        (_, 1) => [.. paths.Select(path => (path, (string?)ids[0]))],
        (1, _) => [.. ids.Distinct().Select(id => (paths[0], (string?)id))],
        _ => [.. paths.Zip(ids, static (path, id) => (path, (string?)id))],
    };

    private static CheckReport? Load(List<(string Path, string? Id)> readings, bool checksIncludes, bool onHost)
    {
        Dictionary<string, IConfigFiles> files = [];
        List<LoadResult> results = [];
        foreach ((string path, string? id) in readings)
        {
            if (!files.TryGetValue(path, out IConfigFiles? filesOf))
                files.Add(path, filesOf = HostCheck.FilesFor(path));
            DaemonOptions options = new() { ConfigId = id, ChecksIncludes = checksIncludes };
            string problem = "";
            long others = results.Sum(static result => result.Memory);
            LoadResult? result = onHost
                ? HostCheck.LoadForHost(path, filesOf, options, others, out problem) : HostCheck.LoadAlone(path, filesOf, options, others);
            if (result is null)
            {
                StandardStreams.WriteError($"Cannot read the host's interfaces: {problem}\n");
                return null;
            }
            if (id is not null && readings.Count(other => other.Path == path) > 1)
                result = result.As(id);
            ConfigurationLints.Run(result.Configuration, result.Diagnostics);
            results.Add(result);
            if (readings.Count == 1)
                continue;
            result.ForgetServers();
            // The text of the next one takes the place of this one's.
            GC.Collect();
        }
        if (results.Count > 1)
            PeerComparison.Compare(results);
        SharedFindings.Merge(results);
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
