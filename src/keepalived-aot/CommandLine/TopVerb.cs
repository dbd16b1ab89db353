using System.CommandLine;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>top</c>: the status, again and again.</summary>
internal static class TopVerb
{
    private const int Millisecond = 1000;
    private const int LongestInterval = 3600;

    public static Command Make()
    {
        Option<string?> socket = ControlVerbs.Socket();
        Option<int> interval = ControlVerbs.Number("--interval", "-d", least: 1, LongestInterval, usual: 1, "Seconds between two looks");
        Option<int> count = ControlVerbs.Number("--count", "-n", least: 0, int.MaxValue, usual: 0, "End after so many looks; 0: when interrupted");
        Command verb = new("top", "Show the status, and go on showing it; only what changes is drawn") { socket, interval, count };
        verb.SetAction(result => Run(result.GetValue(socket), result.GetValue(interval), result.GetValue(count)));
        return verb;
    }

    private static int Run(string? socket, int seconds, int count)
    {
        Screen screen = new();
        for (int look = 1; ; look++)
        {
            // Each on a connection of its own: a daemon that is restarted meanwhile is found again.
            List<string> lines = Look(socket, out bool isThere);
            if (!isThere && look == 1)
            {
                ControlVerbs.Complain(lines[0]);
                return ControlVerbs.NoDaemon;
            }
            bool isSeen = StandardStreams.WriteOutput(screen.Draw(lines, Terminal.Size));
            if (look == count || !isSeen)
                return 0;
            Thread.Sleep(seconds * Millisecond);
        }
    }

    private static List<string> Look(string? socket, out bool isThere)
    {
        isThere = false;
        using ControlClient? client = ControlClient.Connect(socket, out string problem, out _);
        if (client is null || DaemonStatus.Ask(client, instance: null, out problem) is not { } status)
            return [problem];
        isThere = true;
        return StatusText.Lines(status);
    }
}
