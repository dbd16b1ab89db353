using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>/etc/keepalived/keepalived-aot.toml</c>: read at start and at reload, its mistakes treated as those of the configuration.</summary>
/// <remarks>Each run has an /etc/keepalived, a /run and a network of its own, so the files of this machine stay out of it.</remarks>
public sealed class SettingsTests : IDisposable
{
    private const string Configuration = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 20\nvirtual_ipaddress {\n192.0.2.1/24\n}\n}\n";
    private const string Right = "[memory]\ntrim_delay = 30\n";
    private const string Wrong = "[memory]\ntrim_dealy = 30\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ka-settings-").FullName;

    public SettingsTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "etc"));
        Directory.CreateDirectory(Path.Combine(_folder, "run"));
        File.WriteAllText(Path.Combine(_folder, "etc", "keepalived.conf"), Configuration);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string SettingsFile => Path.Combine(_folder, "etc", "keepalived-aot.toml");

    // mkdir: not every machine that runs this has an /etc/keepalived.
    private CommandResult Inside(string script) => Shell.Try(
        "unshare", ["--net", "--mount", "--propagation", "private", "--", "bash", "-euc", $"""
        ip link add eth0 type veth peer name peer0
        ip link set eth0 up
        ip link set peer0 up
        mkdir -p /etc/keepalived
        mount --bind {_folder}/etc /etc/keepalived
        mount --bind {_folder}/run /run
        ka={Binaries.PathOf(Implementation.Ours)}
        {script}
        """], TimeSpan.FromSeconds(60));

    [Theory]
    [InlineData(null, 0)]
    [InlineData("# nothing\n", 0)]
    [InlineData(Right, 0)]
    [InlineData(Wrong, 5)]
    [InlineData("[checkers]\n", 5)]
    [InlineData("[watch]\nenabled = false\n", 0)]
    [InlineData("[metrics]\nlisten = \"localhost:9650\"\n", 5)]
    [InlineData("[metrics]\nlisten = \"127.0.0.1:9650\"\n", 0)]
    public void ConfigTest_countsTheMistakesOfTheSettings(string? settings, int expected)
    {
        if (settings is not null)
            File.WriteAllText(SettingsFile, settings);
        CommandResult result = Inside("$ka -t");
        Assert.True(result.ExitCode == expected, $"{result.ExitCode}\n{result.Error}");
        Assert.Equal(expected != 0, result.Error.Contains("/etc/keepalived/keepalived-aot.toml:", StringComparison.Ordinal));
    }

    [Fact]
    public void ConfigTest_looksForTheScriptOfTheWatch()
    {
        File.WriteAllText(SettingsFile, "[watch]\nnotify = \"/nowhere/conflict x\"\n");
        CommandResult result = Inside("$ka -t");
        Assert.Contains("keepalived-aot.toml:2:10: warning", result.Error, StringComparison.Ordinal);
        Assert.Contains("watch.notify: Disabling script /nowhere/conflict x since not found/accessible", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void Check_readsSettingsByTheirName()
    {
        File.WriteAllText(SettingsFile, Wrong);
        CommandResult result = Shell.Try(Binaries.PathOf(Implementation.Ours), "check", SettingsFile);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("keepalived-aot.toml:2:1: error [KA0802]", result.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean 'trim_delay'?", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_knowsSettings()
    {
        CommandResult result = Shell.Try(Binaries.PathOf(Implementation.Ours), "explain", "memory.trim_delay");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("a whole number from 1 to 3600", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reload_withAMistakeInTheSettings_isRefused()
    {
        File.WriteAllText(SettingsFile, Right);
        CommandResult result = Inside($$"""
            $ka -n -l -G -p {{_folder}}/main.pid -r {{_folder}}/vrrp.pid -c {{_folder}}/checkers.pid -b {{_folder}}/bfd.pid 2>{{_folder}}/log &
            daemon=$!
            trap 'kill -KILL $daemon 2>/dev/null || true' EXIT
            waits() { for i in $(seq 100); do ! grep -q "$1" {{_folder}}/log || return 0; sleep 0.1; done; cat {{_folder}}/log >&2; return 1; }
            waits 'Startup complete'
            printf '[memory]\ntrim = maybe\n' >/etc/keepalived/keepalived-aot.toml
            kill -HUP $daemon
            waits 'Reload refused'
            waits 'keepalived-aot.toml:2:8: error'
            printf '[memory]\ntrim = false\n' >/etc/keepalived/keepalived-aot.toml
            kill -HUP $daemon
            waits 'Reload complete'
            rm /etc/keepalived/keepalived-aot.toml
            : >{{_folder}}/log
            kill -HUP $daemon
            waits 'Reload complete'
            kill -TERM $daemon
            wait $daemon
            """);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Theory]
    [InlineData("[", 100_000_000)]
    [InlineData("[", 10_000)]
    [InlineData("=", 65_536)]
    public void Check_hostileSettings_endInFindings(string piece, int times)
    {
        File.WriteAllText(SettingsFile, string.Concat(Enumerable.Repeat(piece, times)));
        CommandResult result = Shell.Try(Binaries.PathOf(Implementation.Ours), "check", SettingsFile);
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}\n{result.Error}");
        Assert.Contains("error [KA08", result.Output, StringComparison.Ordinal);
    }
}
