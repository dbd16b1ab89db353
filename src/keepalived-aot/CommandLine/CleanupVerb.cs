using System.CommandLine;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;

namespace KeepalivedAot.CommandLine;

/// <summary><c>cleanup</c>: takes away what a daemon that is dead left in the kernel.</summary>
internal static class CleanupVerb
{
    public static Command Make()
    {
        Option<string?> file = Daemons('f', "The configuration of the daemon that is dead: it says where that worked");
        Option<string?> id = ReadingOptions.ConfigId();
        Option<bool> includes = ReadingOptions.AllConfig();
        Option<string?> network = Daemons('s', "The network namespace in which it worked, whatever the configuration says");
        Option<string?> pid = Daemons('p', "Its pid file, if it was started with another one than usual");
        Option<string?> vrrpPid = Daemons('r', "Its pid file for VRRP, if it was started with another one than usual");
        Option<string?> checkersPid = Daemons('c', "Its pid file for the health checkers");
        Option<string?> bfdPid = Daemons('b', "Its pid file for BFD");
        Option<bool> dryRun = new("--dry-run") { Description = "Print what would go, and change nothing" };
        Command verb = new("cleanup", "Take away what a daemon that was killed left in the kernel: addresses, routes, rules, interfaces, settings, nf_tables")
        {
            file, id, includes, network, pid, vrrpPid, checkersPid, bfdPid, dryRun,
        };
        verb.SetAction(result =>
        {
            DaemonOptions options = new()
            {
                ConfigurationFile = result.GetValue(file) ?? DaemonOptions.DefaultConfigurationFile, ConfigId = result.GetValue(id), ChecksIncludes = result.GetValue(includes),
                NetworkNamespace = result.GetValue(network), PidFile = result.GetValue(pid), VrrpPidFile = result.GetValue(vrrpPid),
                CheckersPidFile = result.GetValue(checkersPid), BfdPidFile = result.GetValue(bfdPid),
            };
            return CleanupRun.Run(options, isGiven: result.GetValue(file) is not null, isDryRun: result.GetValue(dryRun));
        });
        return verb;
    }

    // As the daemon was started: same letters, same names.
    private static Option<string?> Daemons(char letter, string description)
    {
        DaemonOption row = OptionTable.FindShort(letter)!;
        return new Option<string?>($"--{row.Long}", $"-{letter}") { Description = description, HelpName = row.ArgumentName };
    }
}
