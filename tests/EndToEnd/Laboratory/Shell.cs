using System.Diagnostics;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>What a finished program left behind. A program ended by signal n has exit code 128 + n.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>Runs helper programs to their end, with a time limit.</summary>
internal static class Shell
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs a program, and throws when it fails.</summary>
    public static string Run(string program, params string[] arguments)
    {
        CommandResult result = Try(program, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new LabException($"{program} {string.Join(' ', arguments)}: exit {result.ExitCode}: {result.Error}{result.Output}");
    }

    /// <summary>Runs a bash script that stops at its first error.</summary>
    public static void Script(string text) => Run("bash", "-euc", text);

    public static CommandResult Try(string program, params string[] arguments) => Try(program, arguments, DefaultLimit);

    public static CommandResult Try(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new LabException($"{program} did not start");
        process.StandardInput.Close();
        string error = "";
        Thread errorReader = new(() => error = process.StandardError.ReadToEnd()) { IsBackground = true };
        errorReader.Start();
        string output = "";
        Thread outputReader = new(() => output = process.StandardOutput.ReadToEnd()) { IsBackground = true };
        outputReader.Start();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new LabException($"{program} {string.Join(' ', arguments)}: still running after {limit.TotalSeconds} s");
        }
        // A daemon that went to the background may hold the pipes open: do not wait for their end for ever.
        errorReader.Join(TimeSpan.FromSeconds(2));
        outputReader.Join(TimeSpan.FromSeconds(2));
        return new CommandResult(process.ExitCode, output, error);
    }
}
