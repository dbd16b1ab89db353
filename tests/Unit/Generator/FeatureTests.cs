namespace KeepalivedAot.Tests.Unit.Generator;

/// <summary>What an attribute adds to the generated parser, and that it is not there without it.</summary>
public sealed class FeatureTests
{
    [Theory]
    [InlineData("[Keyword(\"a\", «RepeatCounts = true»)] public string? A { get; set; }", "parser.Given(ref _spans.Table, 2, counts: true);")]
    [InlineData("[Keyword(\"a\", «SurvivesMissingValue = true»)] public string? A { get; set; }", "parser.ForgiveMissingValue();")]
    [InlineData("[Keyword(\"a\", «ExactlyOne = true»)] public string? A { get; set; }", "parser.HasExactlyOne()")]
    [InlineData("[Keyword(\"a\", «FirstWins = true»)] public string? A { get; set; }", "parser.RejectsSecond(")]
    [InlineData("[Keyword(\"a\", «Keeps = \"*\"»)] public string? A { get; set; }", "parser.RejectsOther(")]
    [InlineData("[Keyword(\"a\", «Optional = true»), Range(0, 5)] public byte? A { get; set; }", "parser.HasNext")]
    [InlineData("[Keyword(\"a\"), «Deprecated(\"'b'\", Counts = true)»] public string? A { get; set; }", "parser.NoteDeprecated(\"'b'\", true);")]
    [InlineData("[Keyword(\"a\", «Arguments = \"one two\"»)] public string? A { get; set; }", "Arguments = \"one two\",")]
    [InlineData("[Keyword(\"a\"), Range(-5, 5)] public int A { get; set; } «= -1»;", "Default = \"-1\",")]
    [InlineData("[Sets(\"a\"), «Alias(\"b\")»] public bool A { get; set; }", "case 1: // b")]
    public void Attribute_of_a_keyword_adds_to_its_parser(string marked, string expected)
        => RequireDifference($"[Block(\"b\")] public sealed partial class B {{ {marked} }}", expected);

    [Theory]
    [InlineData("[LineBlock(«DemandsValues = true»)] public sealed partial class B { [Keyword(\"a\")] public string? A { get; set; } }", "out ReadOnlySpan<byte> option, isValueDemanded: true")]
    [InlineData("[LineBlock(«DemandsValues = true»)] public sealed partial class B { [Keyword(\"a\")] public string? A { get; set; } }", "default: parser.DropLine(); parser.ReportUnknownOption(Schema);")]
    [InlineData("[LineBlock(«TakesOthers = true»)] public sealed partial class B { [Keyword(\"a\")] public string? A { get; set; } }", "private partial bool TakeOther(Parser parser);")]
    [InlineData("[LineBlock(«TakesOthers = true»)] public sealed partial class B { [Keyword(\"a\")] public string? A { get; set; } }", "if (!parser.PassOption(TakeOther(parser)))")]
    [InlineData("[LineBlock(«FormatsItself = true»)] public sealed partial class B { [Keyword(\"a\")] public string? A { get; set; } }", "internal partial string Format(bool showsSecrets);")]
    [InlineData("[LineBlock(«ReadsItself = true»)] public sealed partial class B { [Keyword(\"a\")] public string? A { get; set; } }", "return ReadWords(parser);")]
    public void Attribute_of_a_line_adds_to_its_parser(string marked, string expected) => RequireDifference(marked, expected);

    [Fact]
    public void Option_with_a_rejected_value_drops_a_line_that_demands_values_unless_it_survives()
    {
        const string Dropped = "[LineBlock(DemandsValues = true)] public sealed partial class B { [Keyword(\"a\"), Range(0, 5)] public int A { get; set; } }";
        string drops = SourceOf(Dropped);
        string survives = SourceOf(Dropped.Replace("Keyword(\"a\")", "Keyword(\"a\", SurvivesRejection = true)", StringComparison.Ordinal));
        // One for the unknown option, and one for the value.
        Assert.Equal(2, Count(drops, "parser.DropLine();"));
        Assert.Equal(1, Count(survives, "parser.DropLine();"));
    }

    [Fact]
    public void Keyword_for_something_that_is_not_here_says_why_and_in_its_schema_too()
    {
        string text = SourceOf("[Block(\"b\")] public sealed partial class B { [Sets(\"a\"), NotHere(\"there is none\")] public bool A { get; set; } }");
        Assert.Contains("parser.NoteNotHere(\"there is none\");", text, StringComparison.Ordinal);
        Assert.Contains("NotHere = \"there is none\",", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NoteNotYet", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_without_effect_may_say_so_itself()
    {
        string text = SourceOf("[Block(\"b\")] public sealed partial class B { [Sets(\"a\"), NoEffect(SaysItself = true)] public bool A { get; set; } }");
        Assert.DoesNotContain("parser.NoteNoEffect();", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Sets(\"a\"), Alias(\"b\"), DeprecatedAlias(\"c\")] public bool A { get; set; }", "off", "off", "off")]
    [InlineData("[Clears(\"a\"), Alias(\"b\"), DeprecatedAlias(\"c\")] public bool A { get; set; } = true;", "off", "off", "off")]
    [InlineData("[Sets(\"a\"), Clears(\"b\"), Alias(\"c\")] public bool A { get; set; } = true;", "on", "off", "on")]
    public void Default_of_a_flag_is_that_of_its_word(string property, params string[] defaults)
    {
        string text = SourceOf($"[Block(\"b\")] public sealed partial class B {{ {property} }}");
        string[] said = [.. text.Split('\n').Where(static line => line.Contains(" Default = \"", StringComparison.Ordinal)).Select(static line => line.Split('"')[1])];
        Assert.Equal(defaults, said);
    }

    [Fact]
    public void Words_of_a_base_class_have_the_release_and_default_that_the_block_gives_them()
    {
        string text = SourceOf("""
            public abstract class Base
            {
                [Keyword("retry", Since = "1.0", Default = "base"), Range(0, 5)]
                public int Retry { get; protected set; }
            }
            [Block("b"), InheritedSince("retry", "2.0"), InheritedDefault("retry", "three")] public sealed partial class B : Base { }
            """);
        Assert.Contains("Since = \"2.0\",", text, StringComparison.Ordinal);
        Assert.Contains("Default = \"three\",", text, StringComparison.Ordinal);
    }

    // Between « and » is what makes the difference.
    private static void RequireDifference(string marked, string expected)
    {
        Assert.Contains(expected, SourceOf(marked.Replace("«", "").Replace("»", "")), StringComparison.Ordinal);
        string without = marked[..marked.IndexOf('«')] + marked[(marked.IndexOf('»') + 1)..];
        without = without.Replace(", )", ")").Replace(", ]", "]").Replace("} ;", "}").Replace("LineBlock()", "LineBlock");
        Assert.DoesNotContain(expected, SourceOf(without), StringComparison.Ordinal);
    }

    private static string SourceOf(string snippet)
    {
        GeneratorRun run = GeneratorRun.Of(snippet);
        Assert.Empty(run.Diagnostics);
        return run.Sources["B"];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
