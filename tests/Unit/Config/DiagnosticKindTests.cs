using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What the catalogue says of its kinds.</summary>
public sealed class DiagnosticKindTests
{
    // A reload is refused for the one and not for the other.
    [Theory]
    [InlineData("KA0101", true)]
    [InlineData("KA0201", true)]
    [InlineData("KA0303", true)]
    [InlineData("KA0308", true)]
    [InlineData("KA0452", true)]
    [InlineData("KA0461", true)]
    [InlineData("KA0470", true)]
    [InlineData("KA0504", true)]
    [InlineData("KA0601", true)]
    [InlineData("KA0801", true)]
    [InlineData("KA0219", false)]
    [InlineData("KA0412", false)]
    [InlineData("KA0443", false)]
    [InlineData("KA0508", false)]
    [InlineData("KA0510", false)]
    [InlineData("KA0608", false)]
    [InlineData("KA0708", false)]
    public void What_could_not_be_read_is_told_from_what_rules_decide(string code, bool isOfReading)
        => Assert.Equal(isOfReading, DiagnosticCatalogue.Find(code)!.IsOfReading);

    [Fact]
    public void Only_errors_are_of_reading()
        => Assert.All(DiagnosticCatalogue.All.Where(static kind => kind.IsOfReading), static kind => Assert.Equal(Severity.Error, kind.Severity));
}
