using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What the reading of a configuration depends on: this host, and the command line.</summary>
public static class HostLoading
{
    /// <summary>Without options of the command line.</summary>
    public static LoadOptions Usual => new() { ConfigId = ShortName, Seed = (uint)Environment.TickCount };

    internal static LoadOptions For(DaemonOptions options)
        => Usual with { ConfigId = options.ConfigId ?? ShortName, ChecksIncludes = options.ChecksIncludes };

    // The host's name up to its first dot.
    private static string ShortName => SystemInfo.HostName.Split('.')[0];
}
