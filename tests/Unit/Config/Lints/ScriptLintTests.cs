using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>How scripts are written.</summary>
public sealed class ScriptLintTests
{
    private static string[] Run(string command, string? user = null, string? group = null)
    {
        DiagnosticBag bag = new(new SourceMap());
        ScriptLints.Run([new ScriptUse("VI_1", "notify_master", command, user, group, default)], bag);
        return [.. bag.Select(static d => $"{d.Code} {d.Message}; {d.Suggestion}")];
    }

    [Theory]
    [InlineData("/x.sh MASTER VI_1", null, null)]
    [InlineData("/x.sh", "bob", "web")]
    [InlineData("/x.sh", "bob", ":web")]
    [InlineData("/x.sh", "bob", ":")]
    [InlineData("/x.sh", "Bob.Smith-2", null)]
    [InlineData("/bin/sh -c 'pidof nginx && exit 0'", null, null)]
    [InlineData("/bin/sh -c 'echo $1' sh one", null, null)]
    [InlineData("bash /x.sh -c a b", null, null)]
    [InlineData("</dev/tcp/127.0.0.1/80", null, null)]
    [InlineData("/x.sh 'a | b'", null, null)]
    [InlineData("/x.sh '", null, null)]
    public void Script_that_is_written_rightly_has_no_finding(string command, string? user, string? group) => Assert.Empty(Run(command, user, group));

    [Theory]
    [InlineData("MASTER", null, "MASTER", "user", "/x.sh MASTER")]
    [InlineData("MASTER", "VI_1", "MASTER", "user", "/x.sh MASTER VI_1")]
    [InlineData("-v", null, "-v", "user", "/x.sh -v")]
    [InlineData("/etc/x.conf", null, "/etc/x.conf", "user", "/x.sh /etc/x.conf")]
    [InlineData("42", null, "42", "user", "/x.sh 42")]
    [InlineData("bob", "--quiet", "--quiet", "group", "/x.sh bob --quiet")]
    public void Argument_that_is_taken_for_a_user_is_named(string user, string? group, string argument, string what, string whole)
        => Assert.Equal(
            [$"KA0920 (VI_1) notify_master: '{argument}' is taken for the {what} that the script runs as; write notify_master \"{whole}\""],
            Run("/x.sh", user, group));

    [Theory]
    [InlineData("pidof nginx && exit 0", "&&")]
    [InlineData("/x.sh > /dev/null", ">")]
    [InlineData("/x.sh >/dev/null", ">/dev/null")]
    [InlineData("/x.sh 2>&1", "2>&1")]
    [InlineData("echo $(date)", "$(date)")]
    [InlineData("ps ax | grep nginx", "|")]
    public void Shell_syntax_without_a_shell_is_named(string command, string syntax)
        => Assert.Equal(
            [$"KA0921 (VI_1) notify_master: '{syntax}' is an argument of the program, for there is no shell; "
                + $"write notify_master \"/bin/sh -c '{command}'\", or put it into a script"],
            Run(command));

    [Fact]
    public void Shell_that_gets_its_command_in_pieces_is_named()
        => Assert.Equal(
            ["KA0922 (VI_1) notify_master: /bin/sh -c runs 'pidof', without 'nginx'; write notify_master \"/bin/sh -c 'pidof nginx'\""],
            Run("/bin/sh -c pidof nginx"));

    [Fact]
    public void All_scripts_of_a_configuration_are_found()
    {
        const string Text = """
            vrrp_sync_group G {
                group {
                    A
                    B
                }
                notify_master /g.sh bob
            }
            vrrp_script chk {
                script "/chk.sh one"
                user bob web
            }
            """;
        string instance = LintText.Instance("notify_deleted \"/deleted.sh\" bob\nnotify_master_rx_lower_pri /low.sh bob\ntrack_script {\nchk\n}");
        ScriptUse[] found = [.. ConfigurationScripts.Of(LintText.Run(Text + "\n" + instance + LintText.Instance("", "B", "192.0.2.7/24", 8)).Configuration)];
        Assert.Equal(
            ["(G) notify_master: /g.sh bob/", "(A) notify_deleted: /deleted.sh bob/", "(A) notify_master_rx_lower_pri: /low.sh bob/", "(chk) script: /chk.sh one bob/web"],
            found.Select(static use => $"{use.Title}: {use.Command} {use.User}/{use.Group}"));
        Assert.All(found, static use => Assert.True(use.Span.IsGiven));
    }

    [Fact]
    public void Arguments_of_a_tracked_script_outside_the_quotes_are_named_when_it_is_read()
    {
        Diagnostic found = Assert.Single(
            LintText.Run("vrrp_script chk {\nscript /chk.sh one two\nuser bob\n}\n" + LintText.Instance("track_script {\nchk\n}")).Diagnostics,
            static d => d.Kind == DiagnosticCatalogue.ExtraWords);
        Assert.Equal(("arguments of '/chk.sh' outside the quotes are ignored", "write script \"/chk.sh one two\""), (found.Message, found.Suggestion));
        Assert.Equal((2, 16, 7), (found.Location.Line, found.Location.Column, found.Location.Length));
    }
}
