using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a host must have installed: the program and the shared libraries that it loads; and what has to be fetched for it.</summary>
internal static partial class InstallBenchmark
{
    private sealed record Installed(int Libraries, double MegaBytes, double Program);

    public static void Run(Table table)
    {
        Installed stock = Measure(Implementation.Stock);
        Installed ours = Measure(Implementation.Ours);
        table.Add("needed on the host: libraries", stock.Libraries, ours.Libraries, "", "0", 0);
        table.Add("needed on the host: size", stock.MegaBytes, ours.MegaBytes, "MB", goal: 5, reference: 16);
        table.Add("the program alone: size", stock.Program, ours.Program, "MB");
        (double stockPackage, double stockAll) = StockPackages();
        double? package = OurPackage("deb");
        if (package is { } size)
        {
            table.Add("package (deb): size", stockPackage, size, "MB");
            table.Add("package (deb), with the packages of its libraries: size", stockAll, size, "MB");
        }
        foreach (string kind in (string[])["rpm", "ipk", "apk"])
        {
            if (OurPackage(kind) is { } other)
                table.AddOurs($"package ({kind}): size", other, "MB", "0.00");
        }
        if (package is null)
            throw new LabException("no package of ours in artifacts/packages: `make packages` makes them");
    }

    private static Installed Measure(Implementation implementation)
    {
        string program = Binaries.PathOf(implementation);
        // ldd(1) exits with 1 and says so for a static program.
        CommandResult result = Shell.Try("ldd", program);
        string[] libraries = [.. LibraryPath().Matches(result.Output).Select(match => match.Groups["path"].Value)];
        return new Installed(libraries.Length, libraries.Append(program).Sum(Size), Size(program));
    }

    // Of the newest package of ours for this architecture; null when none was made.
    private static double? OurPackage(string kind)
    {
        string folder = Path.Combine(Binaries.Repository, "artifacts", "packages");
        if (!Directory.Exists(folder))
            return null;
        FileInfo? newest = new DirectoryInfo(folder).EnumerateFiles($"keepalived-aot*.{kind}", SearchOption.AllDirectories)
            .Where(static file => OurArchitecture().IsMatch(file.Name)).MaxBy(static file => file.LastWriteTimeUtc);
        return newest is null ? null : newest.Length / 1e6;
    }

    /// <returns>Megabytes to fetch: of the package keepalived, and of it with those that its libraries come from, but for the C library.</returns>
    private static (double Alone, double All) StockPackages()
    {
        string[] libraries = [.. LibraryPath().Matches(Shell.Try("ldd", Binaries.PathOf(Implementation.Stock)).Output).Select(static match => match.Groups["path"].Value)];
        // dpkg knows a file by the place that it was put to, which may have become a link to /usr since: one of the two it does not know.
        string owners = Shell.Try("dpkg", ["-S", .. libraries, .. libraries.Select(static path => $"/usr{path}")]).Output;
        string[] packages = [.. owners.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(':')[0])
            .Append("keepalived").Where(static package => package is not ("libc6" or "libgcc-s1")).Distinct()];
        Dictionary<string, double> sizes = [];
        foreach (string record in Shell.Run("apt-cache", ["show", "--no-all-versions", .. packages]).Split("\n\n"))
        {
            if (Field(record, "Package") is { } name && Field(record, "Size") is { } size)
                sizes[name] = double.Parse(size, CultureInfo.InvariantCulture) / 1e6;
        }
        return (sizes["keepalived"], sizes.Values.Sum());
    }

    private static string? Field(string record, string name)
        => record.Split('\n').FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))?[(name.Length + 2)..];

    // In megabytes.
    private static double Size(string path)
        => new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length / 1e6;

    [GeneratedRegex(@"(?:=>\s+|^\s+)(?<path>/\S+)", RegexOptions.Multiline)]
    private static partial Regex LibraryPath();

    [GeneratedRegex("amd64|x86_64|x64")]
    private static partial Regex OurArchitecture();
}
