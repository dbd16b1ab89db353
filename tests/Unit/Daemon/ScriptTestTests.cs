using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Tests.Unit.Config;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>The exit status that the scripts of a configuration give <c>-t</c>: keepalived's.</summary>
public sealed class ScriptTestTests
{
    private const string Script = "/etc/keepalived/check.sh";
    private const string Secured = "global_defs {\nenable_script_security\nscript_user bob\n}\n";

    private static ModelFiles Host() => new ModelFiles().File(Script, "0755");

    private static LoadResult Test(string text, ModelFiles? files = null)
    {
        LoadResult result = ConfigText.Load(text);
        ScriptTest.Run(result.Configuration, result.Settings, result.Diagnostics, files ?? Host());
        return result;
    }

    private static string Instance(string notify)
        => $"vrrp_instance A {{\ninterface eth0\nvirtual_router_id 9\nvirtual_ipaddress {{\n192.0.2.9/24\n}}\n{notify}\n}}\n";

    private static string Tracked(string script)
        => $"vrrp_script s {{\n{script}\n}}\n" + Instance("track_script {\ns\n}");

    [Theory]
    [InlineData("notify_master /etc/keepalived/check.sh", 6)]
    [InlineData("notify_master \"/etc/keepalived/check.sh -v\" bob", 6)]
    [InlineData("notify_master /etc/keepalived/none", 0)]
    [InlineData("notify_master /etc/keepalived/none\nnotify_backup /etc/keepalived/check.sh", 6)]
    [InlineData("notify_master /etc/keepalived/check.sh nobody-here", 0)]
    [InlineData("notify_master nowhere", 0)]
    [InlineData("notify_master here/check.sh", 0)]
    public void Notify_script_decides_the_status(string notify, int expected) => Assert.Equal(expected, Test(Instance(notify)).TestExitStatus);

    [Theory]
    [InlineData("script /etc/keepalived/check.sh", 6)]
    [InlineData("script /etc/keepalived/none", 5)]
    [InlineData("script /etc/keepalived", 5)]
    [InlineData("script /etc/keepalived/check.sh\nuser nobody-here", 5)]
    [InlineData("script \"</etc/passwd\"", 0)]
    public void Tracked_script_decides_the_status(string script, int expected) => Assert.Equal(expected, Test(Tracked(script)).TestExitStatus);

    [Theory]
    [InlineData("startup_script /etc/keepalived/check.sh", 6)]
    [InlineData("startup_script /etc/keepalived/none", 0)]
    [InlineData("startup_script /etc/keepalived/check.sh nobody-here", 5)]
    [InlineData("script_user nobody-here", 5)]
    [InlineData("script_user bob", 0)]
    public void Global_script_decides_the_status(string line, int expected)
        => Assert.Equal(expected, Test($"global_defs {{\n{line}\n}}\n").TestExitStatus);

    // Observed of keepalived 2.2.7: it has no process for what there is none of.
    [Theory]
    [InlineData("notify_fifo_script", 0, 6, 6)]
    [InlineData("vrrp_notify_fifo_script", 0, 6, 0)]
    [InlineData("lvs_notify_fifo_script", 0, 0, 6)]
    [InlineData("shutdown_script", 6, 6, 6)]
    public void Script_of_what_does_not_run_is_not_looked_at(string keyword, int alone, int withInstance, int withServer)
    {
        string line = $"global_defs {{\n{keyword} {Script}\n}}\n";
        const string Server = "virtual_server 192.0.2.1 80 {\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\nreal_server 192.0.2.2 80 {\n}\n}\n";
        Assert.Equal((alone, withInstance, withServer), (Test(line).TestExitStatus, Test(line + Instance("")).TestExitStatus, Test(line + Server).TestExitStatus));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("interface eth0\nvirtual_router_id 9\nvirtual_ipaddress {\n192.0.2.9/24\n}\n", 6)]
    public void Script_that_nobody_tracks_is_looked_at_where_there_is_an_instance(string instance, int expected)
        => Assert.Equal(expected, Test($"vrrp_script s {{\nscript {Script}\n}}\n" + (instance.Length == 0 ? "" : $"vrrp_instance A {{\n{instance}}}\n")).TestExitStatus);

    [Fact]
    public void Secured_scripts_are_fine() => Assert.Equal(0, Test(Secured + Tracked("script " + Script)).TestExitStatus);

    [Fact]
    public void Secured_script_of_root_that_others_can_change_is_left_out()
    {
        LoadResult result = Test(Secured + Tracked($"script {Script}\nuser root"), new ModelFiles().File(Script, "0777"));
        Assert.Equal(5, result.TestExitStatus);
        Diagnostic found = Assert.Single(result.Diagnostics, static d => d.Code == "KA0510");
        Assert.Equal("Disabling track script s since insecure", found.Message);
        Assert.Equal($"run 'chmod o-w {Script}': {Script} can be written by everybody", found.Suggestion);
    }

    [Fact]
    public void Script_that_nobody_may_execute_is_told_with_the_way_out()
    {
        LoadResult result = Test(Secured + Tracked($"script {Script}\nuser root"), new ModelFiles().File(Script, "0644"));
        Assert.Equal($"run 'chmod a+x {Script}'", Assert.Single(result.Diagnostics, static d => d.Code == "KA0510").Suggestion);
    }

    [Fact]
    public void User_without_a_name_is_called_so()
        => Assert.EndsWith("there is no user without a name", Assert.Single(Test("global_defs {\nscript_user \"\"\n}\n").Diagnostics, static d => d.Code == "KA0509").Message, StringComparison.Ordinal);

    [Fact]
    public void Secured_scripts_need_a_user_that_is_there()
    {
        const string Text = "global_defs {\nenable_script_security\n}\n";
        LoadResult result = Test(Text + Instance($"notify_master {Script}\nnotify_backup {Script}"));
        Assert.Equal(5, result.TestExitStatus);
        Assert.Single(result.Diagnostics, static d => d.Code == "KA0509");
    }

    [Fact]
    public void Security_is_spoken_of_once()
        => Assert.Single(Test(Instance($"notify_master {Script}\nnotify_backup {Script}")).Diagnostics, static d => d.Code == "KA0508");

    [Fact]
    public void Host_without_accounts_runs_everything_as_root()
        => Assert.Equal(0, Test(Secured + Tracked("script " + Script), Host().File("/etc/passwd", "0644", content: "")).TestExitStatus);
}
