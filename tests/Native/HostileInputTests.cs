using System.Text;
using KeepalivedAot.Benchmarks;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>A configuration that means harm costs little memory and little time, and is refused with a finding.</summary>
public sealed class HostileInputTests
{
    private const double MostMegabytes = 64;
    private const int TestFatal = 4;
    private const int TestMissingInclude = 6;
    private const int TestErrors = 5;
    private const int CheckErrors = 2;

    // A few seconds on a machine that does nothing else.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    /// <summary>What is written into <c>main.conf</c>, in so many copies, and the exit status of <c>-t</c>.</summary>
    public static TheoryData<string, string, int, int> Inputs => new()
    {
        { "includes in a loop", "include main.conf\n", 1, TestMissingInclude },
        { "a sequence of a billion", "~SEQ(N, 1, 1000000000) a $N\n", 1, TestErrors },
        { "sequences within sequences", "~SEQ(A, 30000) ~SEQ(B, 30000) ~SEQ(C, 30000) $N${A}_${B}_$C=x\n", 1, TestErrors },
        { "a gigabyte of definitions by a sequence", "~SEQ(A, 1100000) $N${A}=" + new string('x', 900) + "\n", 1, TestErrors },
        { "a gigabyte of definitions by includes", "include big/*.conf\n", 100, TestErrors },
        { "a definition of itself", "$A=x \\\n$A \\\n$A\n$A\n", 1, TestErrors },
        { "a million opening braces", "{", 1_000_000, TestErrors },
        { "a million opening braces on lines of their own", "{\n", 1_000_000, TestErrors },
        { "a million closing braces", "}\n", 1_000_000, TestErrors },
        { "blocks in blocks", "vrrp_instance A { authentication {\n", 300_000, TestErrors },
        { "unknown blocks", "foo {\n", 1_000_000, TestErrors },
        { "NUL bytes", "\0", 5_000_000, TestErrors },
        { "lines of NUL", "\0\n", 2_000_000, TestErrors },
        { "no UTF-8", "\u00FF\u00FE\u0080{}\"\u00C3\n", 1_000_000, TestErrors },
        { "lone quotes", "\"\n", 3_000_000, TestErrors },
        { "a file of 100 MB", "global_defs {\n", 100_000_000 / 14, TestFatal },
    };

    [Theory, MemberData(nameof(Inputs))]
    public void Hostile_configuration_is_refused_cheaply(string what, string text, int copies, int status)
    {
        string directory = Directory.CreateTempSubdirectory("keepalived-aot-hostile").FullName;
        try
        {
            string path = Path.Combine(directory, "main.conf");
            Write(path, text, copies);
            if (text.StartsWith("include big", StringComparison.Ordinal))
                WriteDefinitions(Directory.CreateDirectory(Path.Combine(directory, "big")).FullName);
            Verify(what, status, "-t", "-f", path);
            Verify(what, CheckErrors, "check", path);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Verify(string what, int status, params string[] arguments)
    {
        MeasuredRun run = MeasuredRun.Weighed(Binaries.PathOf(Implementation.Ours), arguments);
        Assert.True(run.ExitCode == status, $"{what}: {arguments[0]} ended with {run.ExitCode}, not {status}");
        Assert.True(run.PeakMegabytes < MostMegabytes, $"{what}: {arguments[0]} took {run.PeakMegabytes:F1} MB");
        Assert.True(run.Elapsed < MostTime, $"{what}: {arguments[0]} took {run.Elapsed.TotalSeconds:F1} s");
    }

    // Ten files of 10 MB, each of which is short enough by itself.
    private static void WriteDefinitions(string directory)
    {
        for (int i = 0; i < 10; i++)
            Write(Path.Combine(directory, $"{i}.conf"), $"$N{i}={new string('x', 900)}\n", 11_000);
    }

    private static void Write(string path, string text, int copies)
    {
        byte[] once = Encoding.Latin1.GetBytes(text);
        using FileStream file = File.Create(path);
        using BufferedStream buffered = new(file, 1 << 16);
        for (int i = 0; i < copies; i++)
            buffered.Write(once);
    }
}
