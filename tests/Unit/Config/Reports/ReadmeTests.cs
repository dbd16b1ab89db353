using KeepalivedAot.Config;
using KeepalivedAot.Config.Reports;

namespace KeepalivedAot.Tests.Unit.Config.Reports;

/// <summary>The picture in the README is what the program prints.</summary>
public sealed class ReadmeTests
{
    private const string Sample = "packaging/demo/ten-mistakes.conf";

    private static CheckReport Report()
        => new([ConfigurationLoader.Load(Sample, new ConfigText.MemoryFiles(File.ReadAllBytes(Path.Combine(Repository.Root, Sample))), isConfigTest: true)]);

    [Fact]
    public void Picture_is_the_output_of_check()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string begin = $"```\n$ keepalived-aot check {Sample}\n";
        int from = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.Equal(Report().Write(ReportFormat.Text), readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)]);
    }

    [Fact]
    public void Sample_shows_ten_different_mistakes()
        => Assert.Equal(10, Report().Files[0].Diagnostics.Select(static d => d.Code).Distinct().Count());
}
