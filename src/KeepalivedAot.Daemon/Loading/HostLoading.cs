using KeepalivedAot.Config;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>What the reading of a configuration depends on: this host, and the command line.</summary>
public static class HostLoading
{
    /// <summary>Without options of the command line.</summary>
    private static LoadOptions Usual => new()
    {
        ConfigId = ShortName,
        Seed = (uint)Environment.TickCount,
        Names = new IprouteNames(new HostConfigFiles(), NameAnswer.Unknown),
    };

    /// <summary>For a file that may be meant for another host: a name that this one does not have may be known there.</summary>
    public static LoadOptions ForAnotherHost(DaemonOptions options) => For(options) with
    {
        IsConfigTest = true,
        Names = new IprouteNames(new HostConfigFiles(), NameAnswer.NotKnownHere),
    };

    /// <summary>As a start on this host with these options reads it.</summary>
    public static LoadOptions For(DaemonOptions options)
        => Usual with { ConfigId = options.ConfigId ?? ShortName, ChecksIncludes = options.ChecksIncludes };

    // The host's name up to its first dot.
    private static string ShortName => SystemInfo.HostName.Split('.')[0];
}
