using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reference;
using KeepalivedAot.Tests.Unit.Config.Lints;

namespace KeepalivedAot.Tests.Unit.Config.Reference;

/// <summary>Every code is explained, and its examples are what they say.</summary>
public sealed class ExplanationTests
{
    public static TheoryData<string> Examples()
        => [.. Explanations.All.Where(static row => row.Value is { Wrong: not null, Condition: null }).Select(static row => row.Key)];

    // As check finds them.
    private static string[] Found(string code, string example)
        => ConfigText.Codes(code.StartsWith("KA09", StringComparison.Ordinal) ? LintText.Run(example) : ConfigText.Load(example));

    [Fact]
    public void Catalogue_has_each_number_once()
    {
        int[] numbers = [.. DiagnosticCatalogue.All.Select(static kind => kind.Number)];
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public void Catalogue_finds_codes_in_either_case()
    {
        Assert.Same(DiagnosticCatalogue.NumberOutOfRange, DiagnosticCatalogue.Find("ka0303"));
        Assert.Null(DiagnosticCatalogue.Find("KA9999"));
    }

    [Fact]
    public void Every_code_is_explained()
    {
        string[] unexplained = [.. DiagnosticCatalogue.All.Where(static kind => Explanations.Of(kind) is not { Text.Length: > 0 }).Select(static kind => kind.Code)];
        Assert.True(unexplained.Length == 0, $"write about these in src/KeepalivedAot.Config/Reference/Explanations/: {string.Join(' ', unexplained)}");
    }

    [Fact]
    public void Every_explanation_is_one_of_a_code()
        => Assert.All(Explanations.All.Keys, static code => Assert.NotNull(DiagnosticCatalogue.Find(code)));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Wrong_example_shows_the_code_and_the_right_one_does_not(string code)
    {
        Explanation explanation = Explanations.All[code];
        Assert.Contains(code, Found(code, explanation.Wrong!));
        Assert.NotNull(explanation.Right);
        Assert.DoesNotContain(code, Found(code, explanation.Right!));
    }

    // What stands in an explanation is copied: it must not bring a mistake of its own. Pieces of an instance may lack the rest of it.
    [Theory]
    [MemberData(nameof(Examples))]
    public void Right_example_has_no_other_mistake(string code)
    {
        string[] rest = ["KA0202", "KA0219", "KA0315", "KA0401", "KA0404", "KA0405", "KA0418"];
        Assert.Empty(Found(code, Explanations.All[code].Right!).Except(rest));
    }

    [Fact]
    public void Text_of_a_code_has_everything_in_it()
    {
        const string Expected = """
            KA0303  error: number out of range

              It is read as if the value were not there.

              The number is below or above what the keyword takes, so it is not used.
              `keepalived-aot explain KEYWORD` shows the range.

              wrong
                  vrrp_instance A {
                      priority 300
                  }

              right
                  vrrp_instance A {
                      priority 200
                  }

              keepalived's config test (-t) counts it as CONFIG_INVALID_NUMBER; by itself
              it ends with status 5.

            """;
        Assert.Equal(Expected, CodeText.Write(DiagnosticCatalogue.NumberOutOfRange));
    }

    [Fact]
    public void Text_is_no_wider_than_a_terminal()
    {
        foreach (DiagnosticKind kind in DiagnosticCatalogue.All)
            Assert.All(CodeText.Write(kind).Split('\n'), static line => Assert.True(line.Length < 80, line));
    }

    [Fact]
    public void Section_is_read_with_its_condition()
    {
        Dictionary<string, Explanation> read = [];
        Explanations.Read("Intro.\n\n## KA0001\n\nOne\ntwo.\n\nThree.\n\nWrong where it rains:\n\n    a\n\n      b\n\nRight:\n\n    c\n", read);
        Assert.Equal(new Explanation("One two.\n\nThree.", "a\n\n  b\n", "c\n", "where it rains"), read["KA0001"]);
    }
}
