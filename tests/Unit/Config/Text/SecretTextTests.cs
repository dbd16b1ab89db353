using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>What comes from the environment, or is a secret by way of a definition, is in no message.</summary>
public sealed class SecretTextTests
{
    private const string Secret = "Xq7Zw9Kv";

    [Theory]
    [InlineData("global_defs {\n ${_ENV S}\n}")]
    [InlineData("global_defs {\n vrrp_version ${_ENV S}\n}")]
    [InlineData("global_defs {\n vrrp_version 9${_ENV S}9\n}")]
    [InlineData("${_ENV S} {\n}\n${_ENV S}")]
    [InlineData("$A=${_ENV S}\n$B=1 $A\\\n$A x\nglobal_defs {\n vrrp_version $A\n$B\n}")]
    [InlineData("vrrp_instance ${_ENV S} {\n}\nvrrp_instance ${_ENV S} {\n}")]
    [InlineData("include ${_ENV S}/none")]
    [InlineData("~SEQ(i, ${_ENV S}) x")]
    [InlineData("~SEQ(i, 2) vrrp_instance ${_ENV S} { foo${i} }")]
    [InlineData("foo \"${_ENV S}")]
    [InlineData("foo ${_ENV S} ${NONE}")]
    public void Value_of_the_environment_is_in_no_message(string text) => AssertHidden(text);

    [Fact]
    public void Value_of_the_environment_is_hidden_when_ways_are_no_longer_kept()
        => AssertHidden("~SEQ(i, 60000) use_pid_dir ${_ENV N}\n~SEQ(i, 2) global_defs { vrrp_version ${_ENV S} }");

    [Theory]
    [InlineData("$PW=Xq7Zw9KvXq7Zw9Kv\n{0}auth_pass $PW{1}")]
    [InlineData("$PW=Xq7Zw9Kv ${NONE}\n{0}auth_pass $PW{1}")]
    [InlineData("$PW=Xq7Zw9Kv\n$LINE=auth_pass ${PW}123456789\n{0}$LINE{1}")]
    [InlineData("$PW=\\\nauth_pass Xq7Zw9KvXq7Zw9Kv\n{0}$PW{1}")]
    [InlineData("~LST(p, Xq7Zw9KvXq7Zw9Kv) {0}auth_pass $p {1}")]
    [InlineData("$PW=Xq7Zw9Kv foo\n{0}auth_pass $PW{1}")]
    public void Definition_of_a_secret_is_masked_where_it_was_written(string text)
    {
        string glue = text[0] == '~' ? "" : "\n";
        AssertHidden(text
            .Replace("{0}", $"vrrp_instance A {{ {glue} authentication {{{glue}", StringComparison.Ordinal)
            .Replace("{1}", $"{glue} }} {glue} }} {glue}", StringComparison.Ordinal));
    }

    private static void AssertHidden(string text)
    {
        TextFiles files = new() { ["keepalived.conf"] = text };
        files.Variables["S"] = Secret;
        LoadResult result = ConfigurationLoader.Load("keepalived.conf", files, isConfigTest: true);
        Assert.NotEmpty(result.Diagnostics);
        StringBuilder shown = new(new DiagnosticRenderer(result.Sources).Render(result.Diagnostics));
        foreach (Diagnostic diagnostic in result.Diagnostics)
            shown.Append(diagnostic).Append(diagnostic.Suggestion).AppendJoin(' ', diagnostic.Related).AppendJoin(' ', diagnostic.Chain);
        Assert.DoesNotContain(Secret, shown.ToString(), StringComparison.Ordinal);
    }
}
