using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Checks;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Scripts on a host: are they there, can they be run, and who else can change them.</summary>
public sealed class ScriptFileLintTests
{
    private const string Script = "/etc/keepalived/check.sh";

    private static ModelFiles Good() => new ModelFiles().File("/bin/sh", "0755").File(Script, "0755", content: "#!/bin/sh\nexit 0\n");

    private static string[] Run(ModelFiles files, string? user = null, string? group = null, params string[] commands)
    {
        DiagnosticBag bag = new(new SourceMap());
        new ScriptFileLints(files, bag, null, null).Run(commands.DefaultIfEmpty(Script + " -v").Select(
            command => new ScriptUse("VI_1", "notify_master", command, user, group, default)));
        return [.. bag.Select(static d => $"{d.Code} {d.Message[(d.Message.IndexOf(':') + 2)..]}{(d.Suggestion is null ? "" : $"; {d.Suggestion}")}")];
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("bob", null)]
    [InlineData("bob", "web")]
    [InlineData("bob", ":web")]
    [InlineData("bob", ":")]
    public void Script_that_is_there_and_safe_has_no_finding(string? user, string? group) => Assert.Empty(Run(Good(), user, group));

    [Theory]
    [InlineData("/etc/keepalived/chek.sh", "KA0940 /etc/keepalived/chek.sh does not exist")]
    [InlineData("/opt/ours/bin/check.sh", "KA0940 /opt does not exist")]
    [InlineData("/etc/passwd/check.sh", "KA0940 /etc/passwd/check.sh lies below what is no directory")]
    [InlineData("/etc/keepalived", "KA0941 /etc/keepalived is a directory; name the program itself")]
    public void Script_that_is_not_there_names_the_first_element_that_is_missing(string command, string expected)
        => Assert.Equal([expected], Run(Good(), commands: command));

    [Fact]
    public void Device_in_place_of_a_script_is_no_script()
        => Assert.Equal(["KA0941 /dev/null is no regular file; name the program itself"], Run(Good().Special("/dev/null"), commands: "/dev/null"));

    [Fact]
    public void Program_without_a_path_is_searched()
    {
        Assert.Empty(Run(Good().File("/usr/bin/killall", "0755"), commands: "killall -0 haproxy"));
        Assert.StartsWith("KA0940 killall is in none of /usr/local/sbin ", Assert.Single(Run(Good(), commands: "killall -0 haproxy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</dev/tcp/127.0.0.1/80")]
    [InlineData("bin/check.sh")]
    [InlineData("\"/unfinished")]
    [InlineData("")]
    public void What_is_no_absolute_path_or_no_command_is_not_looked_for(string command) => Assert.Empty(Run(Good(), commands: command));

    [Theory]
    [InlineData("0644", null, "KA0941 root may not execute /etc/keepalived/check.sh, mode 0644; run 'chmod a+x /etc/keepalived/check.sh'")]
    [InlineData("0744", "bob", "KA0941 bob may not execute /etc/keepalived/check.sh, mode 0744; run 'chmod a+x /etc/keepalived/check.sh'")]
    [InlineData("0744", null, null)]
    [InlineData("0001", null, null)]
    public void Script_must_be_executable_by_its_user(string mode, string? user, string? expected)
        => Assert.Equal(expected is null ? [] : [expected], Run(Good().File(Script, mode), user));

    [Fact]
    public void Directory_that_the_user_may_not_enter_is_named()
        => Assert.Equal(
            ["KA0941 bob may not enter /etc/keepalived, mode 0700, on the way to /etc/keepalived/check.sh; run 'chmod o+x /etc/keepalived'"],
            Run(Good().Directory("/etc/keepalived", "0700"), "bob"));

    [Theory]
    [InlineData("web", "KA0941")]
    [InlineData(":web", null)]
    public void Supplementary_groups_count_where_the_colon_sets_them(string group, string? code)
    {
        // Of bob's own group, which "web" replaces and ":web" does not take away.
        ModelFiles files = Good().File("/etc/group", "0644", content: "root:x:0:\nbob:x:1000:bob\nweb:x:33:bob\n").File(Script, "0750", group: 1000);
        Assert.Equal(code is null ? [] : [code], Run(files, "bob", group).Select(static found => found[..6]));
    }

    [Theory]
    [InlineData("0757", 0, 0, "can be written by everybody; run 'chmod o-w /etc/keepalived/check.sh'")]
    [InlineData("0775", 0, 33, "can be written by group web; run 'chmod g-w /etc/keepalived/check.sh'")]
    [InlineData("0777", 0, 34, "can be written by everybody; run 'chmod go-w /etc/keepalived/check.sh'")]
    [InlineData("0755", 1000, 0, "belongs to bob; run 'chown root /etc/keepalived/check.sh'")]
    [InlineData("0757", 1001, 0, "belongs to user 1001 and can be written by everybody; run 'chown root /etc/keepalived/check.sh && chmod o-w /etc/keepalived/check.sh'")]
    [InlineData("0775", 0, 0, null)]
    public void Script_of_root_that_others_can_change_is_named_with_its_repair(string mode, uint user, uint group, string? expected)
        => Assert.Equal(
            expected is null ? [] : [$"KA0942 runs as root, and /etc/keepalived/check.sh {expected}"], Run(Good().File(Script, mode, user, group)));

    [Theory]
    [InlineData("0777", "KA0942 runs as root, and /etc/keepalived, on the way to /etc/keepalived/check.sh, can be written by everybody; run 'chmod o-w /etc/keepalived'")]
    [InlineData("1777", null)]
    public void Directory_on_the_way_that_others_can_write_is_named(string mode, string? expected)
        => Assert.Equal(expected is null ? [] : [expected], Run(Good().Directory("/etc/keepalived", mode)));

    [Theory]
    [InlineData("0775", 1000, 33, null)]
    [InlineData("0757", 1000, 33, "KA0942")]
    public void Script_of_a_user_may_belong_to_that_user_but_not_be_written_by_everybody(string mode, uint user, uint group, string? code)
        => Assert.Equal(code is null ? [] : [code], Run(Good().File(Script, mode, user, group), "bob").Select(static found => found[..6]));

    [Fact]
    public void Set_user_id_of_root_makes_a_script_one_of_root()
        => Assert.Equal(["KA0942"], Run(Good().File(Script, "4775", group: 33), "bob").Select(static found => found[..6]));

    [Fact]
    public void Symbolic_links_are_followed_and_what_they_pass_is_looked_at()
    {
        ModelFiles files = Good().Link("/etc/keepalived/current", "../../opt/releases/./2").Directory("/opt/releases", "0777").File("/opt/releases/2/check.sh", "0755");
        Assert.Equal(
            ["KA0942 runs as root, and /opt/releases, on the way to /opt/releases/2/check.sh, can be written by everybody; run 'chmod o-w /opt/releases'"],
            Run(files, commands: "/etc/keepalived/current/check.sh"));
    }

    [Fact]
    public void Link_to_what_is_missing_names_what_is_missing()
        => Assert.Equal(["KA0940 /srv does not exist"], Run(Good().Link("/etc/keepalived/l.sh", "/srv/l.sh"), commands: "/etc/keepalived/l.sh"));

    [Fact]
    public void Links_in_a_circle_end()
        => Assert.Equal(["KA0946"], Run(Good().Link("/etc/keepalived/l.sh", "l.sh"), commands: "/etc/keepalived/l.sh").Select(static found => found[..6]));

    [Theory]
    [InlineData("#!/usr/bin/python3 -u\n", "KA0944 /etc/keepalived/check.sh asks for /usr/bin/python3, which does not exist; install it, or name another interpreter behind #!")]
    [InlineData("#! /bin/sh -e\n", null)]
    [InlineData("#!/bin/sh\r\nexit 0\r\n", "KA0944 the first line of /etc/keepalived/check.sh ends with a carriage return, which is taken for a part of the name; "
        + "run: sed -i 's/\\r$//' /etc/keepalived/check.sh")]
    [InlineData("#!/usr/bin/env sh\n", null)]
    [InlineData("#!/usr/bin/env -S sh -e\n", null)]
    [InlineData("ELF", null)]
    [InlineData("#!\n", null)]
    public void Interpreter_of_a_script_must_be_there(string content, string? expected)
        => Assert.Equal(expected is null ? [] : [expected], Run(Good().File("/usr/bin/env", "0755").File(Script, "0755", content: content)));

    [Fact]
    public void Interpreter_that_env_does_not_find_is_named()
        => Assert.StartsWith(
            "KA0944 /etc/keepalived/check.sh asks for python, which is in none of /usr/local/sbin ",
            Assert.Single(Run(Good().File("/usr/bin/env", "0755").File(Script, "0755", content: "#!/usr/bin/env python\n"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("MASTER", null, "KA0943 runs as MASTER, but there is no user MASTER in /etc/passwd; name another one, or put the command with its arguments into quotes")]
    [InlineData("bob", "staff", "KA0943 runs as bob, but there is no group staff in /etc/group; name another one, or put the command with its arguments into quotes")]
    public void User_that_is_not_there_is_named(string user, string? group, string expected) => Assert.Equal([expected], Run(Good(), user, group));

    [Fact]
    public void Script_without_a_user_runs_as_keepalived_script_where_there_is_one()
    {
        ModelFiles files = Good().File("/etc/passwd", "0644", content: "root:x:0:0:::\nkeepalived_script:x:99:99:::\n").File(Script, "0700");
        Assert.StartsWith("KA0941 keepalived_script may not execute", Assert.Single(Run(files)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_directory_is_reported_once_for_all_scripts()
        => Assert.Single(Run(Good().File("/etc/keepalived/other.sh", "0755").Directory("/etc/keepalived", "0777"), null, null, Script, "/etc/keepalived/other.sh", Script));
}
