using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Tuning;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Namespaces;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Loading;

/// <summary><c>-t</c>: reads the configuration, says what is wrong with it, starts nothing.</summary>
internal static class ConfigurationTest
{
    // 2,000 instances come to less.
    private const long Uncollected = 4 << 20;

    public static int Run(DaemonOptions options)
    {
        Collections.PutOff(options.ConfigurationFile, Uncollected);
        LoadOptions loading = HostLoading.For(options) with { KeepsServers = false };
        if (options.NetworkNamespace is { } name)
        {
            NetworkNamespace network = new(name);
            OsError refusal = network.Enter();
            if (refusal.IsError)
            {
                StandardStreams.WriteError($"{NamespaceChecks.Explain(name, network, refusal)}\n");
                return ConfigTestExitStatus.Fatal;
            }
        }
        if (Read(options.ConfigurationFile, options.SettingsFile, new HostConfigFiles(), loading, out OsError failure,
            entersNamespace: options.NetworkNamespace is null) is not { } result)
        {
            StandardStreams.WriteError($"Cannot read the host's interfaces: {failure}\n");
            return ExitCode.Failure;
        }
        ScriptTest.Run(result.Configuration, result.Settings, result.Diagnostics, new HostFiles());
        return TryWrite(options.ConfigurationTestLog, result) ? result.TestExitStatus : ExitCode.Failure;
    }

    /// <summary>The configuration as a start on this host would read it; null when the host's interfaces cannot be seen.</summary>
    /// <param name="lints">Look at its scripts and addresses, too.</param>
    /// <param name="entersNamespace">Look at the interfaces of the network namespace that it names; false: of this one.</param>
    public static LoadResult? Read(
        string path, string settingsPath, IConfigFiles files, LoadOptions loading, out OsError failure, bool lints = false, bool entersNamespace = true)
    {
        LoadResult result = ConfigurationReader.Load(path, settingsPath, files, loading, isTest: true);
        NamespaceChecks.LookForIpvs(result);
        if (!entersNamespace || result.Configuration.NetworkNamespace is not { } name)
            return CheckAgainstHost(result, path, settingsPath, files, out failure, lints);
        NetworkNamespace network = new(name);
        failure = network.Visit(out IDisposable? visit);
        using (visit)
        {
            if (!failure.IsError)
                return CheckAgainstHost(result, path, settingsPath, files, out failure, lints);
        }
        NamespaceChecks.ReportRefused(result, network, failure);
        return result;
    }

    private static LoadResult? CheckAgainstHost(LoadResult result, string path, string settingsPath, IConfigFiles files, out OsError failure, bool lints)
    {
        Log log = new(new DiscardedLog());
        InterfaceTable interfaces = new(log);
        using EventLoop? loop = EventLoop.Open(out failure);
        using LinuxVrrpWorld? world = loop is null ? null : LinuxVrrpWorld.Open(loop, recordPath: null, out failure);
        if (world is not null)
            failure = world.Observe(interfaces);
        if (failure.IsError || world is null)
            return null;
        result = new ConfigurationReader(path, settingsPath, interfaces, world.TakeSnapshot, files).CheckAgainstHost(result, isTest: true);
        if (lints)
            HostLints.Run(result.Configuration, result.Settings, result.Diagnostics, new HostFiles(), interfaces);
        return result;
    }

    private static bool TryWrite(string? path, LoadResult result)
    {
        DiagnosticRenderer renderer = new(result.Sources, useColour: path is null && StandardStreams.ErrorIsTerminal);
        string text = renderer.Render(result.Diagnostics);
        if (path is null)
        {
            StandardStreams.WriteError(text);
            return true;
        }
        try
        {
            File.AppendAllText(path, text);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StandardStreams.WriteError($"Cannot write the messages to {path}\n");
            return false;
        }
    }

    private sealed class DiscardedLog : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
        {
            // The test speaks of the configuration only.
        }
    }
}
