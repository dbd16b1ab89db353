using System.Text;
using KeepalivedAot.Config.Formatting;

namespace KeepalivedAot.Tests.Unit.Config.Formatting;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Diff_of_one_line_has_three_lines_around_it()
        => Assert.Equal(
            """
            --- f
            +++ f
            @@ -3,7 +3,7 @@
             c
             d
             e
            -f  g
            +f g
             h
             i
             j

            """,
            Diff("a\nb\nc\nd\ne\nf  g\nh\ni\nj\nk\n"));

    [Fact]
    public void Diff_shows_lines_that_become_one_and_lines_that_become_several()
        => Assert.Equal(
            """
            --- f
            +++ f
            @@ -1,5 +1,6 @@
            -x
            -{
            -y { z }
            +x {
            +    y {
            +        z
            +    }
             }
             b

            """,
            Diff("x\n{\ny { z }\n}\nb\n"));

    [Fact]
    public void Diff_shows_two_places_far_apart_as_two()
    {
        string diff = Diff("a  a\n" + string.Concat(Enumerable.Repeat("b\n", 20)) + "c  c\n");
        Assert.Contains("@@ -1,4 +1,4 @@", diff, StringComparison.Ordinal);
        Assert.Contains("@@ -19,4 +19,4 @@", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_shows_a_missing_end_of_line_and_carriage_returns()
        => Assert.Equal("--- f\n+++ f\n@@ -1,2 +1,2 @@\n-a␍\n-b\n\\ No newline at end of file\n+a\n+b\n", Diff("a\r\nb"));

    [Fact]
    public void Diff_masks_secrets() => Assert.Contains("-    auth_pass  ******\n+auth_pass ******\n", Diff("    auth_pass  secret\n"), StringComparison.Ordinal);

    [Fact]
    public void Diff_of_a_canonical_file_is_empty() => Assert.Equal("", Diff("a b\n"));

    private static string Diff(string text)
        => UnifiedDiff.Write(ConfigurationFormatter.Format("f", Encoding.UTF8.GetBytes(text), new TextFiles()));
}
