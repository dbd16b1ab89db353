using System.Text.Json;
using System.Xml.Linq;
using KeepalivedAot.Benchmarks.Report;
using static KeepalivedAot.Tests.Unit.Benchmarks.BenchmarkRuns;

namespace KeepalivedAot.Tests.Unit.Benchmarks;

/// <summary>What the benchmarks write, beside recordings. KEEPALIVED_AOT_REWRITE_GOLDEN=1 makes them anew.</summary>
public sealed class PageTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static string PageOf(BenchmarkRun run) => Page.Of(run, ("ratios.svg", "memory.svg"));

    [Fact]
    public void Page_isAsRecorded() => VerifyRecording("page.md", PageOf(Everything()));

    [Fact]
    public void Ratios_areAsRecorded() => VerifyRecording("ratios.svg", RatioChart.Of(Everything()));

    [Fact]
    public void Memory_isAsRecorded() => VerifyRecording("memory.svg", MemoryChart.Of(Everything()));

    private static void VerifyRecording(string name, string text)
    {
        string path = Path.Combine(Repository.Root, "tests", "Unit", "Benchmarks", "Golden", name);
        if (Environment.GetEnvironmentVariable("KEEPALIVED_AOT_REWRITE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void StockBetter_isComputed_worstFirst()
    {
        string[] named = [.. Section(PageOf(Everything()), "## Where stock keepalived is better").Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
            .Select(static line => line.Split('|')[1].Trim())];
        Assert.Equal(["longest, of one moment and far worse", "grown", "missed &lt;and> & worse", "longest, of one moment", "1,000 instances: PSS"], named);
    }

    [Fact]
    public void StockBetter_tellsHowSureItIs()
    {
        string text = string.Join('\n', Section(PageOf(Everything()), "## Where stock keepalived is better"));
        Assert.Contains("| missed &lt;and> & worse | 9.00 ms | 12.00 ms | 0.75 | the runs of both overlap |", text, StringComparison.Ordinal);
        Assert.Contains("| longest, of one moment | 10.50 ms | 12.00 ms | 0.88 | one moment decides it, and the difference is less than a bare timer of this machine was late |", text, StringComparison.Ordinal);
        Assert.Contains("| longest, of one moment and far worse | 10.50 ms | 40.00 ms | 0.26 | one moment decides it |", text, StringComparison.Ordinal);
        Assert.Contains("| 1,000 instances: PSS | 9.30 MB | 10.40 MB | 0.89 | measured once |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void StockBetter_inNothing_saysSo()
    {
        Table table = new() { Step = "start" };
        table.Add("a", 2, 1, "ms");
        Assert.Equal(["", "In none of the figures of this run.", ""], Section(PageOf(Of(table)), "## Where stock keepalived is better"));
    }

    [Fact]
    public void Step_thatFailed_isNamed_andNoneOtherwise()
    {
        Assert.Contains("- **memory** failed: a socket \\| was closed\n", PageOf(Everything()), StringComparison.Ordinal);
        Assert.DoesNotContain("## Not measured", PageOf(Of(new Table())), StringComparison.Ordinal);
    }

    [Fact]
    public void Quick_run_saysSo()
    {
        Assert.Contains("not to be believed", PageOf(Of(new Table(), isQuick: true)), StringComparison.Ordinal);
        Assert.DoesNotContain("not to be believed", PageOf(Everything()), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_haveAsManyCellsInEachRow()
    {
        foreach (string block in PageOf(Everything()).Split("\n\n"))
        {
            int[] cells = [.. block.Split('\n').Where(static line => line.StartsWith('|')).Select(static line => line.Replace("\\|", "", StringComparison.Ordinal).Count(static c => c == '|')).Distinct()];
            Assert.True(cells.Length <= 1, block);
        }
    }

    [Fact]
    public void Data_isReadBackAsItWas()
    {
        BenchmarkRun run = Everything();
        BenchmarkRun read = BenchmarkRun.FromJson(run.ToJson());
        Assert.Equal(PageOf(run), PageOf(read));
        Assert.Equal(run.Figures, read.Figures);
        Assert.Equal(run.ToJson(), read.ToJson());
        Assert.Throws<JsonException>(() => BenchmarkRun.FromJson("null"));
    }

    [Fact]
    public void Ratios_areSorted_oneBarEach()
    {
        XElement svg = XDocument.Parse(RatioChart.Of(Everything())).Root!;
        string[] bars = [.. svg.Elements(s_svg + "rect").Elements(s_svg + "title").Select(static hint => hint.Value)];
        Assert.Equal(
            ["as a ratio: 40.0 ms and 10.0 ms", "1 instance: PSS: 8.80 MB and 2.90 MB", "events per second: 100 and 300", "first advertisement, median: 10.00 ms and 4.00 ms",
                "no difference: 10.50 us and 10.45 us", "1,000 instances: PSS: 9.30 MB and 10.40 MB", "missed <and> & worse: 9.00 ms and 12.00 ms"], bars);
        Assert.Single(svg.Elements(s_svg + "line"), static line => line.Attribute("class")!.Value == "one");
    }

    [Fact]
    public void Bars_leadFromOneToTheRatio()
    {
        XElement svg = XDocument.Parse(RatioChart.Of(Everything())).Root!;
        double one = double.Parse(svg.Elements(s_svg + "line").Single(static line => line.Attribute("class")!.Value == "one").Attribute("x1")!.Value);
        XElement[] bars = [.. svg.Elements(s_svg + "rect").Where(static bar => bar.Element(s_svg + "title") is not null)];
        double Start(XElement bar) => double.Parse(bar.Attribute("x")!.Value);
        double Length(XElement bar) => double.Parse(bar.Attribute("width")!.Value);
        Assert.All(bars.Where(static bar => bar.Attribute("class")!.Value == "ours"), bar => Assert.Equal(one, Start(bar), 1));
        Assert.All(bars.Where(static bar => bar.Attribute("class")!.Value == "stock"), bar => Assert.Equal(one, Start(bar) + Length(bar), 0.2));
        // 4 times and 2.5 times: logarithms.
        Assert.Equal(Math.Log(4) / Math.Log(2.5), Length(bars[0]) / Length(bars[3]), 0.02);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Charts_areSelfContained_andKnowDarkPages(bool isRatios)
    {
        BenchmarkRun run = Everything();
        string text = isRatios ? RatioChart.Of(run) : MemoryChart.Of(run);
        XElement svg = XDocument.Parse(text).Root!;
        Assert.Equal(s_svg + "svg", svg.Name);
        Assert.DoesNotContain(svg.Descendants().Attributes(), static attribute => attribute.Value.Contains("://", StringComparison.Ordinal) && !attribute.IsNamespaceDeclaration);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", svg.Element(s_svg + "style")!.Value, StringComparison.Ordinal);
        Assert.NotEmpty(svg.Element(s_svg + "desc")!.Value);
    }

    [Fact]
    public void Charts_ofNothing_areStillPictures()
    {
        BenchmarkRun run = Of(new Table());
        Assert.Equal(s_svg + "svg", XDocument.Parse(RatioChart.Of(run)).Root!.Name);
        Assert.Equal(s_svg + "svg", XDocument.Parse(MemoryChart.Of(run)).Root!.Name);
    }

    [Fact]
    public void Console_table_isAligned()
    {
        string[] lines = [.. Table.Lines(Everything().Figures)];
        Assert.Single(lines.Select(static line => line.Length).Distinct());
        Assert.Contains(lines, static line => line.Contains("as a ratio ", StringComparison.Ordinal) && line.TrimEnd(' ', '|').EndsWith("as a ratio", StringComparison.Ordinal));
    }

    private static string[] Section(string page, string head)
    {
        string[] lines = page.Split('\n');
        int from = Array.IndexOf(lines, head) + 1;
        Assert.True(from > 0, $"no section {head}");
        return [.. lines.Skip(from).TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))];
    }
}
