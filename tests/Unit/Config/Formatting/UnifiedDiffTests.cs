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

    [Fact]
    public void Changes_with_six_lines_between_them_are_one_hunk_and_with_seven_two()
    {
        string six = Diff("a  a\n" + string.Concat(Enumerable.Repeat("b\n", 6)) + "c  c\n");
        string seven = Diff("a  a\n" + string.Concat(Enumerable.Repeat("b\n", 7)) + "c  c\n");
        Assert.Single(six.Split('\n'), static line => line.StartsWith("@@", StringComparison.Ordinal));
        Assert.Equal(2, seven.Split('\n').Count(static line => line.StartsWith("@@", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("auth_hmac {\nkei 1 Xq7Zw9Kv\n}")]
    [InlineData("authentication {\nauth_type PASS   Xq7Zw9Kv\n}")]
    [InlineData("authentication {\nauth_type PASS auth_pass   Xq7Zw9Kv\n}")]
    [InlineData("authentication {\n  Xq7Zw9Kv\n}")]
    [InlineData("authentication { Xq7Zw9Kv }")]
    [InlineData("$PASS=Xq7Zw9Kv\nauthentication {\nauth_pass $PASS\n}\n  priority Xq7Zw9Kv")]
    [InlineData("@m2 $PASS=Xq7Zw9Kv\nauthentication {\nauth_pass $PASS\n}")]
    public void Secret_that_check_masks_is_masked_in_a_diff(string body)
    {
        string diff = Diff($"vrrp_instance A {{\ninterface eth0\nvirtual_router_id 51\n{body}\n}}\n");
        Assert.Contains("@@", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("Xq7Zw9Kv", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_secret_is_shown()
    {
        string diff = Diff("vrrp_instance A {\nauthentication {\nauth_type MD5\nauth_pass abc\n}\n}\n");
        Assert.Contains("-auth_type MD5\n", diff, StringComparison.Ordinal);
        Assert.Contains("+        auth_type MD5\n", diff, StringComparison.Ordinal);
        Assert.Contains("+        auth_pass ***\n", diff, StringComparison.Ordinal);
    }

    private static string Diff(string text) => Write(ConfigurationFormatter.Format("f", Encoding.UTF8.GetBytes(text), new TextFiles()));

    internal static string Write(FormatResult result)
    {
        using MemoryStream output = new();
        UnifiedDiff.Write(result, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
