using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KeepalivedAot.Tests.Unit.Generator;

public sealed partial class EmittedTextTests
{
    [Fact]
    public void Line_is_written_as_expected()
    {
        GeneratorRun run = GeneratorRun.Of("""
            [LineBlock]
            public sealed partial class Peer
            {
                [Positional("address")]
                public IpAddress Address { get; private set; }

                /// <summary>The smallest <c>TTL</c>,
                /// see <see cref="Peer.Address"/>.</summary>
                [Keyword("min_ttl", Since = "2.1.0"), Range(1, 255), Strict]
                public byte MinTtl { get; private set; } = 7;

                [Sets("fast")]
                public bool Fast { get; private set; }
            }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Equal(Expected, run.Sources["Peer"]);
    }

    [Fact]
    public void Line_that_reads_itself_declares_its_words_only()
    {
        GeneratorRun run = GeneratorRun.Of("""
            [LineBlock(ReadsItself = true, FormatsItself = true)]
            public sealed partial class Checks
            {
                [Sets("read")]
                public bool Readable { get; private set; }
            }
            """);
        Assert.Empty(run.Diagnostics);
        string text = run.Sources["Checks"];
        Assert.Contains("private partial bool ReadWords(Parser parser);", text, StringComparison.Ordinal);
        Assert.Contains("Word = \"read\",", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FindWord", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Keyword(\"a\")] public string? A { get; set; }", "parser.TryString(null, out string value)")]
    [InlineData("[Keyword(\"a\"), MaxLength(15)] public string? A { get; set; }", "parser.TryString(15, out string value)")]
    [InlineData("[Keyword(\"a\"), InterfaceName] public string? A { get; set; }", "parser.TryInterfaceName(out string value)")]
    [InlineData("[Keyword(\"a\"), Secret] public byte[] A { get; set; } = [];", "parser.TrySecret(out byte[] value)")]
    [InlineData("[Keyword(\"a\"), Range(-5, 5)] public int A { get; set; }", "parser.TryInteger(-5, 5, false, out long value)")]
    [InlineData("[Keyword(\"a\"), Range(0, 5)] public byte? A { get; set; }", "A = (byte)value;")]
    [InlineData("[Keyword(\"a\"), Range(0, 5), Fallback(\"3\")] public int A { get; set; }", "A = (int)3;")]
    [InlineData("[Keyword(\"a\"), Seconds, Range(0, 5)] public Duration A { get; set; }", "Duration.FromSeconds(value)")]
    [InlineData("[Keyword(\"a\"), Seconds(Decimals = 3), Range(0.5, 5)] public Duration A { get; set; }", "parser.TryDecimal(NumberUnit.Seconds, 3, 500, 5000, false, out long value)")]
    [InlineData("[Keyword(\"a\"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)] public Duration A { get; set; }", "parser.TryDecimal(NumberUnit.Seconds, 6, 1, 4294967295, false, out long value)")]
    [InlineData("[Keyword(\"a\"), Milliseconds, Range(1, 1000)] public Duration A { get; set; }", "Duration.FromMilliseconds(value)")]
    [InlineData("[Keyword(\"a\"), Milliseconds(Decimals = 3), Range(1, 1000)] public Duration A { get; set; }", "Duration.FromMicroseconds(value)")]
    [InlineData("[Keyword(\"a\", Optional = true)] public bool A { get; set; }", "parser.TryBoolean(true, out bool value)")]
    [InlineData("[Keyword(\"a\"), Family(AddressFamily.IPv6), Multicast] public IpAddress A { get; set; }", "parser.TryAddress(global::KeepalivedAot.Base.Net.AddressFamily.IPv6, true, ")]
    [InlineData("[Keyword(\"a\", Required = true)] public string A { get; set; } = \"\";", "parser.ReportMissingKeyword(_spans.Block, \"b\", \"a\", _spans.Table.HasMistake(2));")]
    [InlineData("[Keyword(\"a\"), DeprecatedAlias(\"old\", Counts = true)] public string? A { get; set; }", "parser.NoteDeprecated(\"'a'\", true);")]
    [InlineData("[Keyword(\"a\"), Alias(\"z\")] public string? A { get; set; }", "case 1: // z")]
    [InlineData("[Keyword(\"a\"), NotYet] public string? A { get; set; }", "parser.NoteNotYet();")]
    [InlineData("[Keyword(\"a\"), NotHere(\"there is none\")] public string? A { get; set; }", "parser.NoteNotHere(\"there is none\");")]
    [InlineData("[Keyword(\"a\"), NotHere(\"there is none\")] public string? A { get; set; }", "NotHere = \"there is none\",")]
    [InlineData("[Keyword(\"a\", ExactlyOne = true)] public string? A { get; set; }", "if (!parser.HasExactlyOne())")]
    [InlineData("[Sets(\"a\"), NoEffect] public bool A { get; set; }", "parser.NoteNoEffect();")]
    [InlineData("[Keyword(\"a\", FirstWins = true)] public string? A { get; set; }", "if (parser.RejectsSecond(_spans.Table[2]))")]
    [InlineData("[Keyword(\"a\", Keeps = \"*\"), Range(1, 3)] public byte A { get; set; }", "if (A != (byte)value && parser.RejectsOther(_spans.Table[2]))")]
    [InlineData("[Keyword(\"a\", Bare = \"254\"), Range(1, 254), Strict] public byte? A { get; set; }", "A = (byte)254;")]
    [InlineData("[Keyword(\"a\")] public List<KeepalivedAot.Config.ConfigName> A { get; } = [];", "parser.TakeNames(A);")]
    [InlineData("[Keyword(\"a\")] public List<KeepalivedAot.Config.Values.ConfigUser> A { get; } = [];", "A.Add(value);")]
    [InlineData("[Keyword(\"a\")] public List<KeepalivedAot.Config.Values.ConfigUser> A { get; } = [];", "writer.Arguments(\"a\", A);")]
    [InlineData("[Sets(\"a\"), DeprecatedAlias(\"old\")] public bool A { get; set; }", "goto case 0;")]
    [InlineData("[Sets(\"a\"), Clears(\"noa\")] public bool A { get; set; } = true;", "writer.Flag(A ? \"a\" : \"noa\", \"a\", A);")]
    [InlineData("[Keyword(\"a\"), Secret] public byte[] A { get; set; } = [];", "writer.Secret(\"a\", A);")]
    [InlineData("[Sets(\"a\"), Clears(\"noa\")] public bool A { get; set; } = true;", "A = false;")]
    public void Property_is_read_by_its_type_and_attributes(string property, string expected)
    {
        GeneratorRun run = GeneratorRun.Of($"[Block(\"b\")] public sealed partial class B {{ {property} }}");
        Assert.Empty(run.Diagnostics);
        Assert.Contains(expected, run.Sources["B"], StringComparison.Ordinal);
    }

    [Fact]
    public void Output_is_the_same_in_every_run()
    {
        const string Snippet = "[Block(\"b\")] partial class B { [Sets(\"a\")] public bool A { get; set; } }";
        Assert.Equal(GeneratorRun.Of(Snippet).Sources["B"], GeneratorRun.Of(Snippet).Sources["B"]);
    }

    [Fact]
    public void Change_elsewhere_generates_nothing_anew()
    {
        const string Snippet = "[Block(\"b\")] partial class B { [Sets(\"a\")] public bool A { get; set; } }";
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        CSharpCompilation first = GeneratorRun.Compile(Snippet);
        GeneratorDriver driver = GeneratorRun.Driver(trackSteps: true).RunGenerators(first, cancellation);
        driver = driver.RunGenerators(first.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other;", cancellationToken: cancellation)), cancellation);
        IEnumerable<IncrementalStepRunReason> reasons = driver.GetRunResult().Results[0].TrackedOutputSteps
            .SelectMany(static s => s.Value).SelectMany(static s => s.Outputs).Select(static o => o.Reason);
        Assert.All(reasons, static r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }
}
