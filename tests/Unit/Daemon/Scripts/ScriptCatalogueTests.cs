using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Tests.Unit.Config;

namespace KeepalivedAot.Tests.Unit.Daemon.Scripts;

/// <summary>Which scripts may run, and what is said of the others (daemon.md, section 9).</summary>
public sealed class ScriptCatalogueTests : ILogSink
{
    private const string NotSecured = "SECURITY VIOLATION - scripts are being executed but script_security not enabled.";

    private readonly ModelFiles _files = new();
    private readonly List<string> _lines = [];

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    /// <returns>The program that notify_master comes to; null when it may not run.</returns>
    private ScriptProgram? Load(string script, string globals = "enable_script_security\nscript_user root")
    {
        _lines.Clear();
        Configuration configuration = ConfigText.Load($"global_defs {{\n{globals}\n}}\n" + ConfigText.File($"notify_master {script}")).Configuration;
        VrrpInstanceBlock instance = configuration.VrrpInstances[0];
        return ScriptCatalogue.Load(configuration, Settings.Default, _files, new Log(this), (0, 0)).Find(instance.NotifyMaster);
    }

    private ModelFiles Script(string path, string mode = "0755", uint user = 0, uint group = 0) => _files.File(path, mode, user, group, "#!/bin/sh\n");

    [Fact]
    public void Safe_script_runsAndNothingIsSaid()
    {
        Script("/s/a");
        Assert.Equal("/s/a", Load("/s/a")!.Launch.Path);
        Assert.Empty(_lines);
    }

    [Fact]
    public void Unsafe_withSecurity_isDisabledAndTheElementNamed()
    {
        _files.Directory("/s", "0775", group: 33);
        Script("/s/a");
        Assert.Null(Load("/s/a"));
        Assert.Equal(["Unsafe permissions found for script '/s/a' - disabling.", "  /s can be written by group web, mode 0775"], _lines);
    }

    [Fact]
    public void Unsafe_withoutSecurity_runsAndIsSaid()
    {
        Script("/s/a", "0757", user: 1000);
        Assert.NotNull(Load("/s/a", "script_user root"));
        Assert.Equal(
            ["Unsafe permissions found for script '/s/a'.", "  /s/a belongs to bob and can be written by everybody, mode 0757", $"{NotSecured} There are insecure scripts."],
            _lines);
    }

    [Fact]
    public void Unsafe_forAnotherUser_doesNotMatter()
    {
        Script("/s/a", "0757", user: 1000);
        Assert.NotNull(Load("/s/a", "enable_script_security\nscript_user bob"));
        Assert.Empty(_lines);
    }

    [Fact]
    public void DefaultUser_thatIsNotThere_disablesAllWithSecurity()
    {
        Script("/s/a");
        Assert.Null(Load("/s/a", "enable_script_security"));
        Assert.Equal(["Unable to set default user keepalived_script for script", "Failed to set default user for notify script /s/a - ignoring"], _lines);
        Assert.NotNull(Load("/s/a", "router_id x"));
        Assert.Equal(["Script user 'keepalived_script' does not exist", NotSecured], _lines);
    }

    [Fact]
    public void User_thatIsNotThere_disablesTheScript()
    {
        Script("/s/a");
        Assert.Null(Load("/s/a alice"));
        Assert.Equal(["(A) notify_master: Unable to set uid/gid for script /s/a: there is no user alice - ignoring"], _lines.Select(line => line.Replace("(VI_1)", "(A)")));
    }

    [Fact]
    public void Missing_script_isSaidWithWhatIsMissing()
    {
        Assert.Null(Load("/s/none/a"));
        Assert.Equal(["Script /s/none/a cannot be accessed - No such file or directory", "  it is /s that cannot be"], _lines);
    }

    [Fact]
    public void NotExecutable_forItsUser_isDisabled()
    {
        Script("/s/a", "0700");
        Assert.Null(Load("/s/a", "enable_script_security\nscript_user bob"));
        Assert.Equal(["WARNING - script '/s/a' is not executable for uid:gid 1000:1000 - disabling."], _lines);
        _files.Directory("/t", "0750");
        Script("/t/a");
        Assert.Null(Load("/t/a", "enable_script_security\nscript_user bob"));
        Assert.Equal(
            ["WARNING - script '/t/a' is not executable for uid:gid 1000:1000 - disabling.", "  bob may not enter /t, mode 0750"], _lines);
    }

    [Fact]
    public void Name_withoutSlash_isSearched()
    {
        Script("/usr/bin/tool");
        Assert.Equal("/usr/bin/tool", Load("tool")!.Launch.Path);
        Assert.Equal(["WARNING - script tool resolved by path search to /usr/bin/tool. Please specify full path."], _lines);
        Assert.Null(Load("nothing"));
    }

    [Fact]
    public void Text_withoutInterpreter_goesToTheShell()
    {
        _files.File("/s/a", "0755", content: "echo\n");
        Assert.Equal("/bin/sh", Load("/s/a")!.Launch.Path);
        Assert.Equal(["Please add a #! shebang to script /s/a"], _lines);
        _files.File("/s/b", "0755", content: "\u007fELF");
        Assert.Equal("/s/b", Load("/s/b")!.Launch.Path);
        Assert.Empty(_lines);
    }

    [Fact]
    public void Link_isFollowedUnlessUseSymlinkPaths()
    {
        Script("/s/real");
        _files.Link("/s/link", "/s/real");
        Assert.Equal("/s/real", Load("/s/link")!.Launch.Path);
        Assert.Equal("/s/link", Load("/s/link", "enable_script_security\nscript_user root\nuse_symlink_paths")!.Launch.Path);
    }

    [Fact]
    public void Directory_isNoScript()
    {
        _files.Directory("/s/a", "0755");
        Assert.Null(Load("/s/a"));
        Assert.Equal(["Wrong file type found in script path '/s/a'."], _lines);
    }
}
