using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Golden;

/// <summary>Each rule of the language and each diagnostic, as users see it: <c>tests/Golden/NAME.in</c> gives what <c>NAME.ok</c> holds.</summary>
public sealed class GoldenTests
{
    /// <summary>Set to 1, it writes the <c>.ok</c> files anew; whoever does so reads the difference.</summary>
    private const string RewriteVariable = "KEEPALIVED_AOT_REWRITE_GOLDEN";

    // Only whoever knows the machine, or a second file, reports these; their tests are beside those of the lints and in EndToEnd.
    private static readonly string[] OfHostOrPeers = ["KA0190", "KA0191", "KA0471", "KA0502", "KA0507", "KA0508", "KA0509", "KA0510", "KA0511", "KA0512", "KA0513", "KA0514", "KA0515", "KA0516", "KA0519", "KA0520", "KA0463", "KA0464", "KA0465"];
    private const int FirstOfHostAndPeers = 940;

    private static bool NeedsMoreThanOneFile(DiagnosticKind kind) => OfHostOrPeers.Contains(kind.Code) || kind.Number is >= FirstOfHostAndPeers or (>= 800 and < 900);

    public static TheoryData<string> Names => [.. GoldenRecording.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Golden_file_gives_what_was_recorded(string name)
    {
        string actual = GoldenRecording.Of(name);
        string recorded = Path.Combine(GoldenFiles.Root, name + ".ok");
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1")
            File.WriteAllText(recorded, actual);
        Assert.True(File.Exists(recorded), $"{name}.ok is missing; {RewriteVariable}=1 writes it");
        Assert.Equal(File.ReadAllText(recorded), actual);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Effective_configuration_of_a_golden_file_reads_back(string name)
    {
        // With mistakes in the file, too: what is used in spite of them is a configuration like any other.
        LoadResult result = GoldenRecording.Load(name);
        if (result.CanRun)
            RoundTrip.Require(result, GoldenRecording.Options);
    }

    [Fact]
    public void Recording_without_its_input_is_a_mistake()
    {
        string[] alone = [.. Directory.EnumerateFiles(GoldenFiles.Root, "*.ok").Select(static ok => Path.GetFileNameWithoutExtension(ok)).Except(GoldenRecording.Names)];
        Assert.Empty(alone);
    }

    /// <summary>A file named after a code reports it, and each code has one.</summary>
    [Fact]
    public void Every_diagnostic_has_a_golden_file()
    {
        List<string> missing = [];
        foreach (DiagnosticKind kind in DiagnosticCatalogue.All)
        {
            bool isShown = GoldenRecording.Exists(kind.Code) && GoldenRecording.LoadWithLints(kind.Code).Diagnostics.Any(d => d.Kind == kind);
            if (isShown == NeedsMoreThanOneFile(kind))
                missing.Add(kind.Code);
        }
        Assert.True(missing.Count == 0, $"no file in tests/Golden shows {string.Join(' ', missing)}");
    }
}
