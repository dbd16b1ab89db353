using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>The published files: static, small, and of the right kind.</summary>
public sealed partial class FileTests
{
    // 4.6 MB of them are OpenSSL; a megabyte are dumps, plans, the control socket, metrics, logs, scan and decode, and 0.7 MB the simulator.
    private const long SizeLimit = 15_000_000;

    public static TheoryData<string, ushort> Files => new()
    {
        { "linux-x64", ElfFile.MachineX64 },
        { "linux-arm64", ElfFile.MachineArm64 },
    };

    private static string PathOf(string target)
    {
        string path = target == "linux-x64"
            ? Binaries.PathOf(Implementation.Ours)
            : Path.Combine(Binaries.Repository, "artifacts", target, "keepalived-aot");
        return File.Exists(path) ? path : throw new LabException($"{path} is missing: run `make build RID={target}`");
    }

    [Theory, MemberData(nameof(Files))]
    public void File_isStaticPieWithoutLibraries(string target, ushort machine)
    {
        ElfFile file = new(File.ReadAllBytes(PathOf(target)));
        Assert.Equal(machine, file.Machine);
        Assert.Equal(ElfFile.TypeShared, file.Type);
        Assert.True(file.IsPie);
        Assert.False(file.HasInterpreter);
        Assert.Equal(0, file.NeededCount);
    }

    [Theory, MemberData(nameof(Files))]
    public void File_isBelowItsSizeLimit(string target, ushort machine)
    {
        Assert.NotEqual(0, machine);
        long size = new FileInfo(PathOf(target)).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}/keepalived-aot: {size:N0} bytes"));
        Assert.InRange(size, 1, SizeLimit);
    }

    [Fact]
    public void SelfCheck_x64_passes() => VerifySelfCheck(Shell.Try(PathOf("linux-x64"), "self-check"));

    [Fact]
    public void SelfCheck_arm64_passes() => VerifySelfCheck(Emulated("self-check"));

    [Fact]
    public void Version_arm64_exitsZero()
    {
        CommandResult result = Emulated("-v");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("keepalived", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void ConfigTest_arm64_acceptsTheDemo()
    {
        CommandResult result = Emulated("-t", "-f", Path.Combine(Binaries.Repository, "packaging", "demo", "m1.conf"));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>What a router at work runs lies side by side; the recorded names change with the code.</summary>
    [Theory, MemberData(nameof(Files))]
    public void CodeOrder_stillFitsTheProgram(string target, ushort machine)
    {
        Assert.NotEqual(0, machine);
        string symbols = Path.Combine(Path.GetDirectoryName(PathOf(target))!, "symbols", "keepalived-aot.dbg");
        Dictionary<string, long> addresses = [];
        foreach (string line in Shell.Run("nm", "--defined-only", "--radix=d", symbols).Split('\n'))
        {
            if (line.Split(' ') is [var address, "t" or "T", var name])
                addresses[name] = long.Parse(address, CultureInfo.InvariantCulture);
        }
        string[] recorded = File.ReadAllLines(Path.Combine(Binaries.Repository, "packaging", "code-order", "managed.txt"));
        long[] found = [.. recorded.Where(addresses.ContainsKey).Select(name => addresses[name])];
        Assert.True(found.Length > recorded.Length * 3 / 4, $"{found.Length} of {recorded.Length} functions are there: packaging/code-order/record makes the list anew");
        Assert.InRange(found.Max() - found.Min(), 1, 512 * 1024);
    }

    private static CommandResult Emulated(params string[] arguments)
        => Shell.Try("qemu-aarch64-static", [PathOf("linux-arm64"), .. arguments]);

    private static void VerifySelfCheck(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Match match = VectorsOk().Match(result.Output + result.Error);
        Assert.True(match.Success, result.Output + result.Error);
        Assert.NotEqual(0, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\b(\d+) vectors ok")]
    private static partial Regex VectorsOk();
}
