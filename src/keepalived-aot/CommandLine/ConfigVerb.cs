using System.CommandLine;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>config</c>: what a configuration comes to, as a <c>keepalived.conf</c> or as JSON.</summary>
internal static class ConfigVerb
{
    private const int Errors = 2;

    public static Command Make()
    {
        Argument<string> file = new("FILE") { Description = "The configuration", DefaultValueFactory = _ => DaemonOptions.DefaultConfigurationFile };
        Option<bool> json = new("--json") { Description = "As one JSON object" };
        Option<bool> secrets = new("--show-secrets") { Description = "Passwords and keys in the clear; without it they are masked, and what is printed is another configuration" };
        Option<string?> id = ReadingOptions.ConfigId();
        Option<bool> includes = ReadingOptions.AllConfig();
        Command verb = new("config", "Print the effective configuration, after all inheritance and expansion") { file, id, includes, json, secrets };
        verb.SetAction(result => Run(
            result.GetValue(file)!, new DaemonOptions { ConfigId = result.GetValue(id), ChecksIncludes = result.GetValue(includes) },
            result.GetValue(json), result.GetValue(secrets)));
        return verb;
    }

    /// <summary>0; 2 when the file has errors, which are then on standard error beside what could be read.</summary>
    private static int Run(string path, DaemonOptions options, bool asJson, bool showsSecrets)
    {
        LoadResult result = ConfigurationLoader.Load(path, new HostConfigFiles(), HostLoading.For(options));
        using OutputStream output = new();
        if (asJson)
        {
            EffectiveConfiguration.WriteJson(result.Configuration, output, showsSecrets);
            output.WriteByte((byte)'\n');
        }
        else
        {
            EffectiveConfiguration.WriteText(result.Configuration, output, showsSecrets);
        }
        if (!result.Diagnostics.HasErrors)
            return ExitCode.Success;
        StandardStreams.WriteError(new DiagnosticRenderer(result.Sources, StandardStreams.ErrorIsTerminal).Render(result.Diagnostics));
        return Errors;
    }
}
