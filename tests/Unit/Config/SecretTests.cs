using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>A password is in no message, whatever else is wrong on its line.</summary>
public sealed class SecretTests
{
    private const string Secret = "Xq7Zw9Kv";

    // SourceMap.MakeLine keeps lines with one of these where they can be wiped.
    [Fact]
    public void Word_of_each_secret_is_known_to_whoever_puts_lines_together()
        => Assert.All(WordIndex.Secrets, static word => Assert.True(
            word.Contains("pass", StringComparison.Ordinal) || word.Contains("key", StringComparison.Ordinal), word));

    [Theory]
    [InlineData("auth_type PASS\nauth_pass Xq7Zw9KvXq7Zw9Kv")]
    [InlineData("auth_type PASS\nauth_pass \"Xq7Zw9Kv")]
    [InlineData("auth_type PASS\nauth_pass Xq7Zw9Kv Xq7Zw9Kv")]
    [InlineData("auth_type PASS\nauth_pass Xq7Zw9Kv {")]
    [InlineData("auth_type PASS\nauth_pas Xq7Zw9Kv")]
    [InlineData("auth_type PASS\nauthpass Xq7Zw9Kv")]
    [InlineData("auth_type PASS\nAUTH_PASS Xq7Zw9Kv")]
    [InlineData("auth_type PASS\npassword Xq7Zw9Kv")]
    [InlineData("auth_type PASS\nauth_pass\nXq7Zw9Kv")]
    [InlineData("auth_type PASS auth_pass Xq7Zw9Kv")]
    [InlineData("auth_type Xq7Zw9Kv")]
    [InlineData("auth_type = Xq7Zw9Kv")]
    [InlineData("auth_type=Xq7Zw9Kv")]
    [InlineData("auth_pass = Xq7Zw9Kv")]
    [InlineData("auth_pass=Xq7Zw9Kv")]
    [InlineData("auth_pass =Xq7Zw9Kv {")]
    [InlineData("auth_type PASS Xq7Zw9Kv")]
    [InlineData("auth_pass Xq7Zw9Kv\nauth_pass Xq7Zw9Kv")]
    [InlineData("auth_pass Xq7Zw9Kv \\")]
    [InlineData("auth_pass Xq7Zw9Kv\0")]
    [InlineData("foo { auth_pass Xq7Zw9Kv \"")]
    public void Password_is_masked(string authentication)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"authentication {{\n{authentication}\n}}"));
        Assert.NotEmpty(result.Diagnostics);
        AssertHidden(result);
    }

    [Theory]
    [InlineData("auth_pass Xq7Zw9Kv")]
    [InlineData("authentication\nauth_pass Xq7Zw9Kv")]
    [InlineData("virtual_ipaddress {\nauth_pass Xq7Zw9Kv\n}")]
    [InlineData("auth_hmac {\nkey 1 \"Xq7Zw9Kv\n}")]
    public void Password_in_a_wrong_place_is_masked(string body)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(body));
        Assert.NotEmpty(result.Diagnostics);
        AssertHidden(result);
    }

    [Fact]
    public void Password_survives_no_deletion_of_a_single_character()
    {
        string text = ConfigText.Valid.Replace("hunter2", Secret);
        for (int i = 0; i < text.Length; i++)
            AssertHidden(ConfigText.Load(text.Remove(i, 1)));
    }

    [Fact]
    public void Password_survives_no_change_of_a_single_character()
    {
        string text = ConfigText.Valid.Replace("hunter2", Secret);
        Prng prng = new(7);
        const string Changes = "{}\"#! \\\nax0";
        for (int i = 0; i < 5000; i++)
        {
            StringBuilder changed = new(text);
            changed[prng.Next(text.Length)] = Changes[prng.Next(Changes.Length)];
            AssertHidden(ConfigText.Load(changed.ToString()));
        }
    }

    [Fact]
    public void Mask_keeps_what_stands_before_the_password()
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"authentication {{\n  auth_type PASS\n  auth_pass {Secret}more # why\n}}"));
        Assert.Contains("\n      auth_pass ************ * ***\n                ^~~~~~~~~~~~\n", ConfigText.Render(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$PASS=Xq7Zw9Kv", "authentication {\nauth_pass $PASS\n}\npriority ${PASS}")]
    [InlineData("$PASS=Xq7Zw9Kv", "priority ${PASS}\nauthentication {\nauth_pass $PASS\n}")]
    [InlineData("$PASS=Xq7Zw9Kv", "priority ${PASS}\nauthentication {\nauth_pass a${PASS}b\n}")]
    [InlineData("$PASS=Xq7Zw9Kv", "priority x${PASS}x\nauthentication {\nauth_pass $PASS\n}")]
    [InlineData("$PASS=Xq7Zw9Kv", "authentication {\nauth_pass $PASS\n}\n${PASS} 1")]
    [InlineData("$PASS=Xq7Zw9Kv\n$P=$PASS", "authentication {\nauth_pass $P\n}\npriority $PASS")]
    [InlineData("", "authentication {\nauth_pass Xq7Zw9Kv\n}\npriority Xq7Zw9Kv")]
    [InlineData("", "priority Xq7Zw9Kv\nauth_hmac {\nkey 1 Xq7Zw9Kv\n}")]
    public void Password_that_reaches_another_keyword_is_hidden_there(string definitions, string body)
    {
        LoadResult result = ConfigText.Load($"{definitions}\n{ConfigText.File(body)}");
        Assert.Contains(result.Diagnostics, static d => d.Code is "KA0302" or "KA0201");
        AssertHidden(result);
    }

    // What they were to be used for is known before them, behind them, or on their own line.
    [Theory]
    [InlineData("$PW = Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("$PW = Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass ${PW}\n}")]
    [InlineData("$PW =Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass a${PW}b\n}")]
    [InlineData("$PW Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("PW=Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("PW = Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("${PW}=Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("~LST(P,Xq7Zw9Kv) auth_pass $P", "priority 100")]
    [InlineData("~LST(P,Xq7Zw9Kv) auth_pas $P", "priority 100")]
    [InlineData("~LST(PW,Xq7Zw9Kv auth_pass $PW", "priority 100")]
    [InlineData("~LST(PW,Xq7Zw9Kv", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("~LST({A,PW},{1,Xq7Zw9Kv,3}) auth_pass $PW", "priority 100")]
    [InlineData("~LST({A,PW},{1,Xq7Zw9Kv,3}) priority $A", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("~SEQ(PW, Xq7Zw9Kv, 3) auth_pass $PW", "priority 100")]
    [InlineData("~SEQ(PW, Xq7Zw9Kv, 3) priority $PW", "authentication {\nauth_type PASS\nauth_pass $PW\n}")]
    [InlineData("$LINE=auth_pass $PW\n~LST(PW, Xq7Zw9Kv $LINE", "priority 100")]
    public void Password_of_a_definition_or_sequence_with_a_mistake_is_hidden(string definition, string body)
    {
        foreach (string text in new[] { $"{definition}\n{ConfigText.File(body)}", $"{ConfigText.File(body)}\n{definition}\n" })
        {
            LoadResult result = ConfigText.Load(text);
            Assert.Contains(result.Diagnostics, static d => d.Code is "KA0110" or "KA0201");
            AssertHidden(result);
        }
    }

    [Theory]
    [InlineData("$PRIO = Xq7Zw9Kv")]
    [InlineData("~LST(PRIO,Xq7Zw9Kv")]
    [InlineData("~SEQ(PRIO, Xq7Zw9Kv, 3) priority $PRIO")]
    public void What_is_no_secret_is_shown(string definition)
        => Assert.Contains(Secret, ConfigText.Render(ConfigText.Load($"{definition}\n{ConfigText.File("authentication {\nauth_type PASS\nauth_pass $PW\n}\npriority $PRIO")}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("hunter22")]
    [InlineData("interfac3")]
    [InlineData("scr1pt")]
    [InlineData("p4ssw0rd! x")]
    public void Password_on_a_line_of_its_own_is_hidden(string password)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"authentication {{\nauth_type PASS\n{password}\n}}"));
        Assert.Contains(result.Diagnostics, static d => d.Code == "KA0201");
        Assert.DoesNotContain(password, ConfigText.Render(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "priority 1 1")]
    [InlineData("100", "priority 1000")]
    [InlineData("eth", "dev eth 1")]
    [InlineData("master", "state slave")]
    [InlineData("priority", "priority x")]
    public void Common_word_as_password_does_not_make_messages_useless(string password, string body)
    {
        string text = ConfigText.Render(ConfigText.Load(ConfigText.File($"{body}\nauthentication {{\nauth_pass {password}\n}}")));
        Assert.Contains($"\n    {body}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("***", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("none")]
    [InlineData("SHA256")]
    public void Kind_of_authentication_is_no_password(string type)
        => Assert.Contains($"'auth_type' takes PASS or AH, not '{type}'", ConfigText.Render(ConfigText.Load(ConfigText.File($"authentication {{\nauth_type {type}\n}}"))), StringComparison.Ordinal);

    private static void AssertHidden(LoadResult result)
    {
        string rendered = new DiagnosticRenderer(result.Sources).Render(result.Diagnostics);
        Assert.DoesNotContain(Secret, rendered, StringComparison.Ordinal);
        Assert.All(result.Diagnostics, static d => Assert.DoesNotContain(Secret, d.ToString() + d.Suggestion, StringComparison.Ordinal));
    }
}
