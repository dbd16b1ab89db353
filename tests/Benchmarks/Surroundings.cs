using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a run took place with: programs, machine.</summary>
internal static class Surroundings
{
    public static double Load => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static string Version(Implementation implementation) => Shell.Try(Binaries.PathOf(implementation), "-v").Error.Split('\n')[0].Trim();

    public static string BinaryHash => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Binaries.Ours)));

    /// <summary>Of the tree; "older than" when the binary was not built since.</summary>
    public static string Commit
    {
        get
        {
            CommandResult commit = Shell.Try("git", "-C", Binaries.Repository, "rev-parse", "--short=12", "HEAD");
            if (commit.ExitCode != 0)
                return "not from a repository";
            bool isClean = Shell.Try("git", "-C", Binaries.Repository, "diff", "--quiet", "HEAD", "--", "src", "packaging").ExitCode == 0;
            string what = isClean ? commit.Output.Trim() : $"{commit.Output.Trim()} with changes";
            // `make bench` builds it before; whoever calls this program by itself may have another one.
            DateTime built = File.GetLastWriteTimeUtc(Binaries.Ours);
            bool isStale = Directory.EnumerateFiles(Path.Combine(Binaries.Repository, "src"), "*.cs", SearchOption.AllDirectories)
                .Any(source => File.GetLastWriteTimeUtc(source) > built);
            return isStale ? $"older than {what}" : what;
        }
    }

    public static Machine Machine => new(
        FieldOf("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        double.Parse(FieldOf("/proc/meminfo", "MemTotal")!.Split(' ')[0], CultureInfo.InvariantCulture) * 1.024 / 1e6,
        $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}",
        File.ReadLines("/etc/os-release").FirstOrDefault(static line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"') ?? "");

    private static string? FieldOf(string file, string name)
        => File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
