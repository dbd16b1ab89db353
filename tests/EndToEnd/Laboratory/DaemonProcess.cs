using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>A line that a daemon wrote to standard error or output.</summary>
public sealed record LogEntry(TimeSpan At, string Text)
{
    public override string ToString() => $"{At.TotalSeconds:0.0000} {Text}";
}

/// <summary>A daemon running in the foreground in a router's namespaces.</summary>
public sealed class DaemonProcess
{
    // The last thing before the daemon's execve: what "start" means in every measurement.
    private const string ExecutionMark = "@execve ";

    private readonly Process _process;

    private DaemonProcess(Process process, Func<string> context)
    {
        _process = process;
        Log = new Recording<LogEntry>(context);
    }

    public Recording<LogEntry> Log { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>When the daemon's execve was called, to some tens of microseconds. Zero until its first line was read.</summary>
    public TimeSpan ExecutedAt { get; private set; }

    /// <param name="scratch">The router's directory: its run/ becomes /run (with the host's named network namespaces), its dev/ becomes /dev, its lib/ becomes /var/lib, its tmp/ is TMPDIR.</param>
    /// <param name="networkNamespace">Name of the network namespace.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="context">What to add to the message when a wait fails.</param>
    internal static DaemonProcess Start(string networkNamespace, string scratch, IEnumerable<string> command, Func<string> context)
    {
        ProcessStartInfo start = new("ip", InNamespaces(networkNamespace, scratch, command))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new LabException("ip did not start");
        process.StandardInput.Close();
        DaemonProcess daemon = new(process, context);
        daemon.Follow(process.StandardError);
        daemon.Follow(process.StandardOutput);
        return daemon;
    }

    /// <summary>Arguments for ip(8) that run a command with the router's network, run directory and device directory.</summary>
    /// <remarks>
    /// `ip netns exec` makes the mount namespace private. A /dev without a log socket and console keeps syslog(3) from
    /// blocking on the machine's console; a test that wants syslog binds dev/log itself.
    /// </remarks>
    internal static string[] InNamespaces(string networkNamespace, string scratch, IEnumerable<string> command)
    {
        const string Script = """
            scratch=$1; shift
            mkdir -p "$scratch/run/netns"
            mount --rbind /run/netns "$scratch/run/netns"
            mount --rbind "$scratch/run" /run
            for device in null zero urandom; do mount --bind "/dev/$device" "$scratch/dev/$device"; done
            mount --rbind "$scratch/dev" /dev
            mkdir -p "$scratch/lib"
            mount --bind "$scratch/lib" /var/lib
            export TMPDIR="$scratch/tmp"
            printf '@execve %s\n' "$EPOCHREALTIME" >&2
            exec "$@"
            """;
        return ["netns", "exec", networkNamespace, "bash", "-euc", Script, "router", scratch, .. command];
    }

    private void Follow(StreamReader stream)
    {
        Thread reader = new(() =>
        {
            while (stream.ReadLine() is { } line)
            {
                if (line.StartsWith(ExecutionMark, StringComparison.Ordinal))
                    ExecutedAt = ReadMark(line.AsSpan(ExecutionMark.Length));
                else
                    Log.Add(new LogEntry(MonotonicClock.Now, line));
            }
        })
        { IsBackground = true, Name = "log" };
        reader.Start();
    }

    // seconds.microseconds
    private static TimeSpan ReadMark(ReadOnlySpan<char> text)
    {
        int point = text.IndexOfAny('.', ',');
        long seconds = long.Parse(text[..point], CultureInfo.InvariantCulture);
        long microseconds = long.Parse(text[(point + 1)..], CultureInfo.InvariantCulture);
        return MonotonicClock.FromRealtime(seconds, microseconds * 1000);
    }

    /// <summary>Waits for a log line that matches the regular expression.</summary>
    public LogEntry WaitForLog(string pattern, TimeSpan timeout, int from = 0)
    {
        Regex expression = new(pattern);
        return Log.WaitFor($"log line /{pattern}/", entry => expression.IsMatch(entry.Text), timeout, from);
    }

    /// <summary>The lines so far that match the regular expression.</summary>
    public LogEntry[] LogMatches(string pattern, int from = 0)
    {
        Regex expression = new(pattern);
        return [.. Log.Snapshot(from).Where(entry => expression.IsMatch(entry.Text))];
    }

    public void Signal(int signal) => Libc.Checked(Libc.Kill(_process.Id, signal), $"kill -{signal}");

    /// <summary>Waits for the end of the process. Ended by signal n: 128 + n.</summary>
    public int WaitForExit(TimeSpan timeout)
        => _process.WaitForExit(timeout)
            ? _process.ExitCode
            : throw new LabException($"process {_process.Id} did not end within {timeout.TotalSeconds} s");
}
