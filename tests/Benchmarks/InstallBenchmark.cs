using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a host must have installed: the program and the shared libraries that it loads.</summary>
internal static partial class InstallBenchmark
{
    private sealed record Installed(int Libraries, double MegaBytes);

    public static void Run(Table table)
    {
        Installed stock = Measure(Implementation.Stock);
        Installed ours = Measure(Implementation.Ours);
        table.Add("needed on the host: libraries", stock.Libraries, ours.Libraries, "", "0", "0");
        table.Add("needed on the host: size", stock.MegaBytes, ours.MegaBytes, "MB", goal: "<= 5 MB");
    }

    private static Installed Measure(Implementation implementation)
    {
        string program = Binaries.PathOf(implementation);
        // ldd(1) exits with 1 and says so for a static program.
        CommandResult result = Shell.Try("ldd", program);
        string[] libraries = [.. LibraryPath().Matches(result.Output).Select(match => match.Groups["path"].Value)];
        return new Installed(libraries.Length, libraries.Append(program).Sum(Size) / 1e6);
    }

    private static double Size(string path)
        => new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length;

    [GeneratedRegex(@"(?:=>\s+|^\s+)(?<path>/\S+)", RegexOptions.Multiline)]
    private static partial Regex LibraryPath();
}
