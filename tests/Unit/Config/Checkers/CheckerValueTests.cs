using KeepalivedAot.Config;
using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Tests.Unit.Config.VirtualServers;

namespace KeepalivedAot.Tests.Unit.Config.Checkers;

/// <summary>Values that only checkers have: hexadecimal data (grammar 13.5), status codes, names of the DNS, regular expressions.</summary>
public sealed class CheckerValueTests
{
    private static LoadResult Checker(string kind, string lines) => ServiceText.Server($"{kind} {{\n{lines}\n}}");

    private static LoadResult Url(string lines) => Checker("HTTP_GET", $"url {{\npath /\n{lines}\n}}");

    private static HttpUrlBlock UrlOf(LoadResult result) => Assert.Single(Assert.Single(ServiceText.RealServerOf(result).HttpGets!).Urls!);

    [Theory]
    [InlineData("0102", "0102")]
    [InlineData("01 02 3 04", "01020304")]
    [InlineData("\"01 2\" A", "01020A")]
    [InlineData("\"01\t02\"", "0102")]
    [InlineData("012", "0102")]
    public void Payload_is_pairs_of_digits_and_single_ones_before_a_blank(string words, string bytes)
        => Assert.Equal(Convert.FromHexString(bytes), ServiceText.RealServerOf(Checker("UDP_CHECK", $"payload {words}")).UdpChecks![0].Payload!.Bytes.ToArray());

    [Theory]
    [InlineData("payload 0g")]
    [InlineData("payload 0x")]
    [InlineData("payload \"\"")]
    [InlineData("require_reply 0g")]
    [InlineData("require_reply \"\"")]
    public void Data_that_is_not_hexadecimal_is_refused(string line)
        => Assert.Equal(["KA0601"], ServiceText.Codes(Checker("UDP_CHECK", line)));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("0X xx X 41", "00000041", "F000F0FF")]
    [InlineData("x1", "01", "0F")]
    public void Pattern_of_a_reply_has_a_mask(string words, string bytes, string mask)
    {
        HexPattern pattern = ServiceText.RealServerOf(Checker("UDP_CHECK", $"require_reply {words}")).UdpChecks![0].RequireReply!;
        // A digit of its own is the lower half of a byte whose upper half is zero.
        Assert.Equal(Convert.FromHexString(bytes), pattern.Bytes.ToArray());
        Assert.Equal(Convert.FromHexString(mask), pattern.Mask.ToArray());
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789ABCDEF", true)]
    [InlineData("0123456789abcdef0123456789abcde", false)]
    [InlineData("0123456789abcdef0123456789abcdef0", false)]
    [InlineData("g123456789abcdef0123456789abcdef", false)]
    public void Digest_has_32_digits(string digits, bool isValid)
    {
        LoadResult result = Url($"digest {digits}");
        Assert.Equal(isValid ? [] : ["KA0601"], ServiceText.Codes(result));
        Assert.Equal(isValid ? UInt128.Parse(digits, System.Globalization.NumberStyles.HexNumber, null) : null, UrlOf(result).Digest?.Value);
    }

    [Fact]
    public void Digest_that_is_given_again_does_not_count()
    {
        LoadResult result = Url("digest 00000000000000000000000000000001\ndigest 00000000000000000000000000000002");
        Assert.Equal(["KA0319"], ServiceText.Codes(result));
        Assert.Equal(UInt128.One, UrlOf(result).Digest!.Value);
    }

    [Theory]
    [InlineData("", new[] { 200, 299 }, new[] { 199, 300 }, 0)]
    [InlineData("status_code 200", new[] { 200 }, new[] { 201 }, 0)]
    [InlineData("status_code 200 301-303", new[] { 200, 301, 303 }, new[] { 201, 304 }, 0)]
    [InlineData("status_code 200 foo 302", new[] { 200, 302 }, new[] { 201 }, 1)]
    [InlineData("status_code foo", new[] { 200, 299 }, new[] { 302 }, 1)]
    [InlineData("status_code 99 600 300-200 200- -200 20x 0 500-600", new[] { 200 }, new[] { 99, 500 }, 8)]
    public void Status_codes_are_numbers_and_ranges(string line, int[] right, int[] wrong, int errors)
    {
        LoadResult result = Url(line);
        Assert.Equal(Enumerable.Repeat("KA0602", errors), ServiceText.Codes(result));
        StatusCodes codes = UrlOf(result).StatusCodes!.Value;
        Assert.All(right, code => Assert.True(codes.Contains(code)));
        Assert.All(wrong, code => Assert.False(codes.Contains(code)));
    }

    [Theory]
    [InlineData("type aaaa", 28, null)]
    [InlineData("type DNSKEY", 48, null)]
    [InlineData("", DnsType.Soa, null)]
    [InlineData("type ANY", DnsType.Soa, "KA0307")]
    public void Type_of_a_record_is_known_by_its_name(string line, ushort number, string? code)
    {
        LoadResult result = Checker("DNS_CHECK", line);
        Assert.Equal(code is null ? [] : [code], ServiceText.Codes(result));
        Assert.Equal(number, ServiceText.RealServerOf(result).DnsChecks![0].Type.Number);
    }

    [Theory]
    [InlineData("a.b.example", true)]
    [InlineData("example.", true)]
    [InlineData(".", true)]
    [InlineData("a..b", false)]
    [InlineData(".a", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example", false)]
    public void Name_of_the_dns_has_no_empty_label(string name, bool isValid)
        => Assert.Equal(isValid ? [] : ["KA0603"], ServiceText.Codes(Checker("DNS_CHECK", $"name {name}")));

    [Theory]
    [InlineData("regex OK", "OK")]
    [InlineData("regex \"a b\"c'd'", "a bcd")]
    [InlineData("regex \"\\x41\\t\"", "A\t")]
    public void Expression_is_quoted_as_in_a_shell(string line, string expected)
        => Assert.Equal(expected, UrlOf(Url(line)).Regex!.Expression);

    [Theory]
    [InlineData("regex_options caseless foo")]
    [InlineData("regex_min_offset 5x")]
    [InlineData("regex_max_offset")]
    [InlineData("regex_stack 100")]
    [InlineData("regex_stack a b")]
    public void Setting_of_an_expression_that_is_wrong_is_a_warning(string line)
    {
        LoadResult result = Url("regex a\n" + line);
        Assert.Equal(["KA0618"], ServiceText.Codes(result));
        Assert.False(result.Diagnostics.HasErrors);
    }

    [Fact]
    public void Settings_of_an_expression_are_read()
    {
        HttpUrlBlock url = UrlOf(Url("regex a\nregex_options caseless multiline\nregex_min_offset 5\nregex_max_offset 9\nregex_stack 64 256\nregex_no_match"));
        Assert.Equal((true, true, false), (url.RegexOptions!.Caseless, url.RegexOptions.Multiline, url.RegexOptions.Utf));
        Assert.Equal((5u, 9u, new RegexStack(64, 256), true), (url.RegexMinOffset.Bytes, url.RegexMaxOffset!.Value.Bytes, url.RegexStack!.Value, url.RegexNoMatch));
    }
}
