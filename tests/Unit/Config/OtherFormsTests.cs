using KeepalivedAot.Config;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>Words that are no keywords, and what whoever writes them is told.</summary>
public sealed class OtherFormsTests
{
    [Theory]
    [InlineData("global_defs {\n state_file_location /x\n}\n", "keepalived's manual calls it so; write 'state_dump_file'")]
    [InlineData("includet a.conf\n", "write 'include FILE', or includer, includem, includew, includeb or includea for its checks")]
    [InlineData("Include a.conf\n", "write 'include FILE', or includer, includem, includew, includeb or includea for its checks")]
    [InlineData("$A =1\n", "a definition is '$NAME=VALUE', without blanks before the '='; a name is replaced from the line behind it on")]
    [InlineData("includes_of_mine\n", null)]
    public void Word_that_means_something_elsewhere_has_advice(string text, string? expected)
    {
        LoadResult result = ConfigText.Load(text);
        Assert.Equal(expected, result.Diagnostics.First(static d => d.Code == "KA0201").Suggestion);
    }

    [Theory]
    [InlineData("$ecret-1")]
    [InlineData("includeX")]
    public void Password_on_a_line_of_its_own_is_not_shown_for_looking_like_one(string password)
    {
        LoadResult result = ConfigText.Load($"vrrp_instance A {{\n authentication {{\n auth_type PASS\n {password}\n }}\n}}\n");
        Assert.All(result.Diagnostics, d => Assert.DoesNotContain(password, d.Message + d.Suggestion, StringComparison.Ordinal));
    }
}
