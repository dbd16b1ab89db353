namespace KeepalivedAot.Tests.Conformance;

/// <summary>The runner's own tools: a test that cannot fail would be worth nothing.</summary>
public class LineDifferenceTests
{
    [Fact]
    public void Equal_lists_have_no_difference()
        => Assert.Equal("", LineDifference.Of(["a", "b"], ["a", "b"]));

    [Fact]
    public void Missing_and_unexpected_lines_are_marked_where_they_belong()
        => Assert.EndsWith(
            "  a\n- b\n+ x\n  c\n+ d\n", LineDifference.Of(["a", "b", "c"], ["a", "x", "c", "d"]), StringComparison.Ordinal);

    [Fact]
    public void Everything_is_missing_from_nothing()
        => Assert.EndsWith("- a\n- b\n", LineDifference.Of(["a", "b"], []), StringComparison.Ordinal);

    [Fact]
    public void Order_matters()
        => Assert.NotEqual("", LineDifference.Of(["a", "b"], ["b", "a"]));
}
