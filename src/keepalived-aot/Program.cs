using KeepalivedAot.CommandLine;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot;

/// <summary>The command line, nothing else: what the words mean is found out here, and done in <c>KeepalivedAot.Daemon</c>.</summary>
internal static class Program
{
    private static int Main(string[] words)
    {
        Invocation invocation = new();
        return ShortPath.TryRead(words, invocation)
            ? Run(invocation, words)
            : new FullCommandLine(understood => Run(understood, words)).Invoke(words);
    }

    private static int Run(Invocation invocation, string[] words)
    {
        foreach (string warning in invocation.Warnings)
            StandardStreams.WriteError($"{warning}\n");
        if (invocation.ShowVersion)
        {
            StandardStreams.WriteError(VersionText.Make());
            return ExitCode.Success;
        }
        if (invocation.SignalName is { } name)
            return SignalNames.Print(name);
        DaemonOptions options = invocation.Daemon with { CommandLine = [Environment.GetCommandLineArgs()[0], .. words] };
        return DaemonHost.Run(options);
    }
}
