using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Tests.Unit.Config.Reference;

public sealed class ConfigNotationTests
{
    [Theory]
    [InlineData("TCP|UDP|SCTP", "TCP, UDP or SCTP")]
    [InlineData("low|medium|high|uint! 0..255", "low, medium, high or a number from 0 to 255")]
    [InlineData("uint 0..255|rt_scopes name", "a number from 0 to 255 or a name (rt_scopes)")]
    [InlineData("uint|rt_tables name", "a number or a name (rt_tables)")]
    [InlineData("uint! 0..18446744073709551615", "a number from 0 to 18446744073709551615")]
    [InlineData("an IPv4 address, + or -", "an IPv4 address, + or -")]
    [InlineData("LO-HI", "two numbers joined by -, such as 1000-1999 or 80-80")]
    [InlineData("uint! 1..|rt_tables name", "a number from 1 on or a name (rt_tables)")]
    [InlineData("[all] uint 0..86400 (sec)", "a number of seconds from 0 to 86400, perhaps with all in front")]
    public void Notation_is_put_into_words(string notation, string expected) => Assert.Equal(expected, ConfigNotation.InWords(notation));

    [Theory]
    [InlineData("255.255.255.0", 24)]
    [InlineData("255.255.255.255", 32)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("255.0.255.0", null)]
    [InlineData("0.0.0.255", null)]
    [InlineData("24", null)]
    [InlineData("ffff::", null)]
    public void Netmask_has_a_prefix_length(string mask, int? expected) => Assert.Equal(expected, ConfigAddress.LengthOfMask(System.Text.Encoding.UTF8.GetBytes(mask)));
}
