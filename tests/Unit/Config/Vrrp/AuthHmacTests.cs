using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Vrrp;

/// <summary>The block auth_hmac, and that its secrets stay in it.</summary>
public sealed class AuthHmacTests
{
    private const string Text32 = "0123456789abcdefghijklmnopqrstuv";
    private const string Hex32 = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void Keys_are_text_hex_digits_or_a_file()
    {
        VrrpInstanceBlock instance = ConfigText.Instance($"auth_hmac {{\nkey 1 {Text32}\nkey 2 hex:{Hex32}\nkey 3 file:/etc/key\nactive_key 2\n}}");
        Assert.True(instance.UsesHmac);
        AuthHmacBlock hmac = instance.AuthHmac!;
        Assert.Equal(Text32, System.Text.Encoding.ASCII.GetString(hmac.Keys[0].Secret));
        Assert.Equal(Hex32, Convert.ToHexStringLower(hmac.Keys[1].Secret));
        Assert.Equal(("/etc/key", 0), (hmac.Keys[2].Path, hmac.Keys[2].Secret.Length));
        Assert.Equal(5, hmac.TimeWindow!.Value.WholeSeconds);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 12)]
    [InlineData(200, 300)]
    public void Time_window_is_three_intervals_within_limits(int interval, int expected)
        => Assert.Equal(expected, ConfigText.Instance($"advert_int {interval}\nauth_hmac {{\nkey 1 {Text32}\nactive_key 1\n}}").AuthHmac!.TimeWindow!.Value.WholeSeconds);

    [Theory]
    [InlineData("", "KA0460")]
    [InlineData($"key 1 {Text32}", "KA0460")]
    [InlineData($"key 1 {Text32}\nactive_key 2", "KA0460")]
    [InlineData("key 1 short\nactive_key 1", "KA0461")]
    [InlineData($"key 1 hex:{Hex32}0\nactive_key 1", "KA0461")]
    [InlineData($"key 1 {Text32}{Text32}x\nactive_key 1", "KA0461")]
    [InlineData($"key 256 {Text32}\nactive_key 1", "KA0303")]
    public void Block_that_cannot_be_used_is_dropped(string body, string code)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"auth_hmac {{\n{body}\n}}"));
        Assert.Contains(code, ConfigText.Codes(result));
        // A key that is wrong has been reported.
        Assert.Equal(code == "KA0460", ConfigText.Codes(result).Contains("KA0460"));
        Assert.False(result.Configuration.VrrpInstances[0].UsesHmac);
        Assert.False(result.Diagnostics.HasFatal);
        // It can be written all the same.
        Assert.Contains("auth_hmac {", EffectiveConfiguration.ToText(result.Configuration, showsSecrets: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"key 1 {Text32}\nkey 1 {Text32}", "KA0461")]
    [InlineData($"key 1 {Text32}\nanti_replay monotonic\ntime_window 9", "KA0462")]
    public void Setting_that_cannot_hold_is_ignored(string body, string code)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"auth_hmac {{\n{body}\nactive_key 1\n}}"));
        Assert.Contains(code, ConfigText.Codes(result));
        Assert.True(result.Configuration.VrrpInstances[0].UsesHmac);
    }

    [Fact]
    public void Strict_mode_enforces()
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"strict_mode\nauth_hmac {{\nkey 1 {Text32}\nactive_key 1\nmode permissive\n}}"));
        Assert.Contains("KA0414", ConfigText.Codes(result));
        Assert.Equal(HmacMode.Enforce, result.Configuration.VrrpInstances[0].AuthHmac!.Mode);
    }

    [Theory]
    [InlineData("key 1 TOPSECRETTOPSECRET")]
    [InlineData("key x TOPSECRETTOPSECRET")]
    [InlineData("key 300 TOPSECRETTOPSECRET")]
    [InlineData("key 1 hex:TOPSECRETTOPSECRET")]
    [InlineData("key 1 TOPSECRETTOPSECRETTOPSECRETTOPSECRET more\nkey 1 TOPSECRETTOPSECRETTOPSECRETTOPSECRET")]
    [InlineData("key TOPSECRETTOPSECRETTOPSECRETTOPSECRET")]
    public void Secret_is_in_no_message_and_in_no_dump(string body)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"auth_hmac {{\n{body}\nactive_key 1\n}}"));
        Assert.NotEmpty(result.Diagnostics);
        Assert.DoesNotContain("TOPSECRET", ConfigText.Render(result), StringComparison.Ordinal);
        Assert.DoesNotContain("TOPSECRET", EffectiveConfiguration.ToText(result.Configuration, showsSecrets: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Effective_configuration_reads_back()
    {
        LoadResult first = ConfigText.Load(ConfigText.File($"auth_hmac {{\nkey 1 {Text32}\nkey 2 hex:{Hex32}\nactive_key 2\n}}\nnotify_master \"/bin/x y\" u g\nnotify_deleted"));
        string text = EffectiveConfiguration.ToText(first.Configuration, showsSecrets: true);
        Assert.Equal(text, EffectiveConfiguration.ToText(ConfigText.Load(text).Configuration, showsSecrets: true));
        Assert.Contains("notify_master \"/bin/x y\" u g", text, StringComparison.Ordinal);
    }
}
