using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tests.Dumps;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon.Dumps;

/// <summary>When what is dumped, and what becomes of it when it cannot be written.</summary>
public sealed class DumpTests
{
    private const string Plain = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """;

    private static ModelDumps Start(string configuration, string infix = "")
    {
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.AddForeign(1, "10.0.0.1", 24);
        ModelRouter router = new(world, configuration);
        router.Settle();
        return new ModelDumps(router, infix);
    }

    [Fact]
    public void Dump_begun_isThereWhenTheLoopHasTurned()
    {
        using ModelDumps dumps = Start(Plain);
        dumps.Dumps.Begin(DumpKind.Data);
        dumps.Dumps.Begin(DumpKind.Data);
        dumps.Dumps.Begin(DumpKind.Json);
        Assert.Empty(dumps.Files);
        dumps.Router.Advance(0.001);
        Assert.Equal(["keepalived.data", "keepalived.json", "keepalived_parent.data"], dumps.Files);
        Assert.Equal(
            [
                "Printing parent data for process(77) on signal", "Printing VRRP data for process(77) on signal", "Printing parent data for process(77) on signal",
                "Printing VRRP data for process(77) on signal", "Printing VRRP as json for process(77) on signal",
            ],
            dumps.Lines);
    }

    [Fact]
    public void Askers_areToldWhenTheirDumpIsOver_andWhatWasRefused()
    {
        using ModelDumps dumps = Start(Plain);
        List<string> told = [];
        dumps.Dumps.Begin(DumpKind.Data, failure => told.Add($"data {failure.Errno}"));
        dumps.Dumps.Begin(DumpKind.Data, failure => told.Add($"data again {failure.Errno}"));
        Directory.CreateDirectory(Path.Combine(dumps.Directory, "keepalived.stats"));
        dumps.Dumps.Begin(DumpKind.Statistics, failure => told.Add($"stats {failure.Errno}"));
        dumps.Dumps.Begin(DumpKind.Json);
        // The loop is not held: nothing is there before it has turned.
        Assert.Empty(told);
        Assert.Equal(["keepalived.stats"], dumps.Files);
        dumps.Router.Advance(0.001);
        Assert.Equal(["data None", "data again None", "stats EISDIR"], told);
        Assert.Equal(["keepalived.data", "keepalived.json", "keepalived.stats", "keepalived_parent.data"], dumps.Files);
    }

    [Fact]
    public void State_isThatOfTheMoment()
    {
        using ModelDumps dumps = Start(Plain);
        dumps.Write(DumpKind.Data);
        Assert.Contains("   State = BACKUP\n   Master router = (none)\n   Master priority = 0\n", dumps["keepalived.data"], StringComparison.Ordinal);
        dumps.Router.Advance(4);
        dumps.Router.Settle();
        Assert.Equal(VrrpState.Active, dumps.Router.State);
        dumps.Write(DumpKind.Data);
        Assert.Contains("   State = MASTER\n   Flags: none\n", dumps["keepalived.data"], StringComparison.Ordinal);
        Assert.Contains("     10.0.0.100/24 dev eth0 scope global set\n", dumps["keepalived.data"], StringComparison.Ordinal);
        dumps.Router.World.SetLink(1, "eth0", isUp: false);
        dumps.Router.Settle();
        dumps.Write(DumpKind.Data);
        Assert.Contains("   State = FAULT\n", dumps["keepalived.data"], StringComparison.Ordinal);
        Assert.Contains("   Flags of interface faults - interface down\n", dumps["keepalived.data"], StringComparison.Ordinal);
        Assert.Contains("   Read timeout = DISABLED\n", dumps["keepalived.data"], StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_cleared_areInTheFileAndThenGone()
    {
        using ModelDumps dumps = Start(Plain);
        dumps.Router.Advance(4);
        dumps.Write(DumpKind.StatisticsThenClear);
        Dictionary<string, long> first = StatisticsReader.Read(dumps["keepalived.stats"].TrimEnd('\n').Split('\n'))[0].Counters;
        Assert.Equal(1, first["Became master"]);
        Assert.NotEqual(0, first["Advertisements/Sent"]);
        dumps.Write(DumpKind.Statistics);
        Dictionary<string, long> second = StatisticsReader.Read(dumps["keepalived.stats"].TrimEnd('\n').Split('\n'))[0].Counters;
        Assert.All(second, static counter => Assert.Equal(0, counter.Value));
    }

    [Fact]
    public void Statistics_thatCannotBeWritten_areNotCleared()
    {
        using ModelDumps dumps = Start(Plain);
        dumps.Router.Advance(4);
        Directory.CreateDirectory(Path.Combine(dumps.Directory, "keepalived.stats"));
        OsError failure = dumps.Write(DumpKind.StatisticsThenClear);
        Assert.Equal(Errno.EISDIR, failure.Errno);
        Assert.Equal(1UL, dumps.Router["VI_1"].Router.Counters.BecomeMaster);
        // Nothing is left of the attempt, and it is told.
        Assert.Equal(["keepalived.stats"], dumps.Files);
        string line = Assert.Single(dumps.Lines, static line => line.StartsWith("Cannot write a dump", StringComparison.Ordinal));
        Assert.Equal($"Cannot write a dump: rename {dumps.Directory}/keepalived.stats: Is a directory", line);
    }

    [Fact]
    public void Counters_subtracted_keepWhatWasCountedSince()
    {
        using ModelDumps dumps = Start(Plain);
        dumps.Router.Advance(4);
        KeepalivedAot.Vrrp.VrrpCounters counters = dumps.Router["VI_1"].Router.Counters;
        KeepalivedAot.Vrrp.VrrpCounters copy = counters.Copy();
        dumps.Router.Advance(2);
        ulong since = counters.AdvertSent - copy.AdvertSent;
        counters.Subtract(copy);
        Assert.Equal(2UL, since);
        Assert.Equal(2UL, counters.AdvertSent);
        Assert.Equal(0UL, counters.BecomeMaster);
    }

    [Fact]
    public void Directory_thatIsNotThere_isToldAndTheOtherFilesAreTriedToo()
    {
        using ModelDumps dumps = Start(Plain);
        Directory.Delete(dumps.Directory);
        Assert.Equal(Errno.ENOENT, dumps.Write(DumpKind.Data).Errno);
        Assert.Equal(
            [
                $"Cannot write a dump: open {dumps.Directory}/keepalived.data: No such file or directory",
                $"Cannot write a dump: open {dumps.Directory}/keepalived_parent.data: No such file or directory",
            ],
            dumps.Lines);
        Directory.CreateDirectory(dumps.Directory);
        Assert.False(dumps.Write(DumpKind.Data).IsError);
    }

    [Fact]
    public void Link_thatSomebodyPlanted_isReplacedAndNotFollowed()
    {
        using ModelDumps dumps = Start(Plain);
        string victim = Path.Combine(dumps.Directory, "victim");
        File.WriteAllText(victim, "mine");
        File.CreateSymbolicLink(Path.Combine(dumps.Directory, "keepalived.json"), victim);
        Assert.False(dumps.Write(DumpKind.Json).IsError);
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Null(new FileInfo(Path.Combine(dumps.Directory, "keepalived.json")).LinkTarget);
        Assert.StartsWith("[{\"data\":", dumps["keepalived.json"], StringComparison.Ordinal);
    }

    [Fact]
    public void LastTransition_isTheSameInEveryDump_untilTheClockIsSet()
    {
        using ModelDumps dumps = Start(Plain);
        double First()
        {
            dumps.Write(DumpKind.Json);
            return JsonReader.Read(dumps["keepalived.json"])[0].LastTransition;
        }

        double before = First();
        dumps.Router.World.ClockError = Duration.FromMilliseconds(3);
        Assert.Equal(before, First());
        dumps.Router.World.ClockError = Duration.FromSeconds(60);
        Assert.Equal(before + 60, First(), 3);
    }

    [Theory]
    [InlineData("", "keepalived.data keepalived_parent.data")]
    [InlineData("data_use_instance", "keepalived.ns_one.data keepalived_parent.ns_one.data")]
    [InlineData("state_dump_file state.txt", "state.txt state_parent.txt")]
    [InlineData("state_dump_file noextension", "noextension noextension_parent")]
    public void Names_followTheConfiguration(string globals, string expected)
    {
        using ModelDumps dumps = Start($"global_defs {{\n{globals}\n}}\n{Plain}", "ns_one");
        dumps.Write(DumpKind.Data);
        Assert.Equal(expected.Split(' '), dumps.Files);
        dumps.Write(DumpKind.Statistics);
        Assert.Contains("keepalived.stats", dumps.Files);
    }

    [Fact]
    public void Names_ofAnotherDirectory_areThere()
    {
        string other = Directory.CreateTempSubdirectory("ka-dumps-").FullName;
        try
        {
            using ModelDumps dumps = Start($"global_defs {{\nstate_dump_file {other}/\n}}\n{Plain}");
            dumps.Write(DumpKind.Data);
            Assert.Empty(dumps.Files);
            Assert.True(File.Exists($"{other}/keepalived.data"));
            Assert.True(File.Exists($"{other}/keepalived_parent.data"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public void Json_ofVersion2_hasProcesses()
    {
        using ModelDumps dumps = Start($$"""
            global_defs {
                json_version 2
            }
            vrrp_track_process web {
                process "/usr/sbin/nginx" -g x
                param_match partial
                quorum_max 4
                delay 0.5
                weight 3 reverse
            }
            {{Plain.TrimEnd('}')}}
                track_process {
                    web
                }
            }
            """);
        Assert.False(dumps.Write(DumpKind.Json).IsError);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(dumps["keepalived.json"]);
        Assert.Equal("VI_1", json.RootElement.GetProperty("vrrp")[0].GetProperty("data").GetProperty("iname").GetString());
        Assert.Equal(
            """{"process":"web","parameters":"-g x","param_match":"partial","min_processes":1,"max_processes":4,"current_processes":0,"have_quorum":false,"weight":-3,"terminate_delay":0.5,"fork_delay":0.5,"fork_delay_timer_running":false,"terminate_delay_timer_running":false,"full_command":true}""",
            json.RootElement.GetProperty("track_process")[0].GetRawText());
        Assert.Equal("web", json.RootElement.GetProperty("vrrp")[0].GetProperty("data").GetProperty("track_process")[0].GetString());
    }

    [Fact]
    public void Reload_isDumpedAfterwards()
    {
        using ModelDumps dumps = Start(Plain);
        dumps.Router.Reload(Plain.Replace("VI_1", "VI_X", StringComparison.Ordinal).Replace("51", "52", StringComparison.Ordinal));
        dumps.Dumps.Adopt(dumps.Router.Configuration);
        dumps.Write(DumpKind.Json);
        Assert.Equal("VI_X", JsonReader.Read(dumps["keepalived.json"]).Single().Name);
    }
}
