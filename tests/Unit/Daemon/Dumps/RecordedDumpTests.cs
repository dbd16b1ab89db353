using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Tests.Dumps;

namespace KeepalivedAot.Tests.Unit.Daemon.Dumps;

/// <summary>Our dumps beside those that were recorded of stock keepalived: line by line, and as the exporters and VyOS read them.</summary>
public sealed class RecordedDumpTests
{
    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    [Fact]
    public void State_isStocks_lineByLine()
    {
        using ModelDumps dumps = Recordings.Start();
        Assert.False(dumps.Write(DumpKind.Data).IsError);
        Assert.Equal(ComparableState.Of(Recordings.Read("stock-2.2.7.data")), ComparableState.Of(dumps["keepalived.data"]));
    }

    [Fact]
    public void State_isAsRecorded()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Data);
        Recordings.AssertRecorded("ours.data", dumps["keepalived.data"]);
        Recordings.AssertRecorded("ours-parent.data", dumps["keepalived_parent.data"]);
    }

    [Fact]
    public void State_readAsTheFirstExporterReadsIt_isStocks()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Data);
        List<InstanceFacts> stock = StateReader.ReadBlocks(Lines(Recordings.Read("stock-2.2.7.data")));
        Assert.Equal(
            [
                "VI_1 MASTER MASTER eth0 51 3 [10.9.0.100/24 eth0, 10.9.0.101 eth0]", "VI_2 BACKUP BACKUP eth1 52 3 [fe80::100/64 eth1, fd09::100/64 eth1]",
                "VI_3 MASTER MASTER eth1 53 3 [10.9.2.100/24 eth1]", "VI_4 MASTER MASTER eth0 54 3 [10.9.4.100/24 eth0]",
            ],
            stock.Select(static facts => facts.ToString()));
        Assert.Equal(stock.Select(static facts => facts.ToString()), StateReader.ReadBlocks(Lines(dumps["keepalived.data"])).Select(static facts => facts.ToString()));
    }

    // It stops at the first line without an =, which with keepalived, too, are the flags: of the state it sees no more than that.
    [Fact]
    public void State_readAsTheOtherExporterReadsIt_isStocks()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Data);
        List<InstanceFacts> ours = StateReader.ReadUntilFirstOther(Lines(dumps["keepalived.data"]));
        Assert.Equal(["VI_1 MASTER", "VI_2 ", "VI_3 MASTER", "VI_4 MASTER"], ours.Select(static facts => $"{facts.Name} {facts.State}"));
        Assert.Equal(
            StateReader.ReadUntilFirstOther(Lines(Recordings.Read("stock-2.2.7.data"))).Select(static facts => facts.ToString()),
            ours.Select(static facts => facts.ToString()));
    }

    [Fact]
    public void Scripts_readAsTheExportersReadThem_areStocks()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Data);
        Assert.Equal([("chk", "GOOD", "idle")], StateReader.ReadScripts(Lines(Recordings.Read("stock-2.2.7.data"))));
        Assert.Equal([("chk", "GOOD", "idle")], StateReader.ReadScripts(Lines(dumps["keepalived.data"])));
        dumps.Run("chk", succeeds: false);
        dumps.Run("chk", succeeds: false);
        dumps.Run("chk", succeeds: false);
        dumps.Write(DumpKind.Data);
        Assert.Equal([("chk", "BAD", "idle")], StateReader.ReadScripts(Lines(dumps["keepalived.data"])));
    }

    [Fact]
    public void Interfaces_areStocks()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Data);
        Dictionary<string, string[]> stock = ComparableState.InterfacesOf(Recordings.Read("stock-2.2.7.data"));
        Dictionary<string, string[]> ours = ComparableState.InterfacesOf(dumps["keepalived.data"]);
        Assert.Equal(["eth0", "eth1"], ours.Keys.Order());
        // The model's links are of no kind and speak no broadcast.
        foreach ((string name, string[] lines) in ours)
            Assert.Equal(Names(stock[name]), Names(lines));

        static IEnumerable<string> Names(string[] lines) => lines.Select(static line => line.Contains('=') ? line[..line.IndexOf('=')] : line);
    }

    [Fact]
    public void Statistics_areStocks_andOfTheTrailerBehindAuthentication()
    {
        using ModelDumps dumps = Recordings.Start();
        Assert.False(dumps.Write(DumpKind.Statistics).IsError);
        var stock = StatisticsReader.Read(Lines(Recordings.Read("stock-2.2.7.stats")));
        var ours = StatisticsReader.Read(Lines(dumps["keepalived.stats"]));
        Assert.Equal(stock.Select(static one => one.Instance), ours.Select(static one => one.Instance));
        for (int i = 0; i < stock.Count; i++)
        {
            Assert.Equal(
                stock[i].Counters.Keys, ours[i].Counters.Keys.Where(static key => !key.StartsWith("Authentication Extension Errors/", StringComparison.Ordinal)));
            Assert.Equal(stock[i].Counters["Became master"], ours[i].Counters["Became master"]);
        }
        Recordings.AssertRecorded("ours.stats", dumps["keepalived.stats"]);
    }

    [Fact]
    public void Json_readAsVyosReadsIt_isStocks()
    {
        using ModelDumps dumps = Recordings.Start();
        Assert.False(dumps.Write(DumpKind.Json).IsError);
        List<InstanceFacts> stock = JsonReader.Read(Recordings.Read("stock-2.2.7.json"));
        Assert.Equal("VI_1 MASTER MASTER eth0 51 3 [10.9.0.100/24 eth0, 10.9.0.101 eth0]", stock[0].ToString());
        Assert.Equal(stock.Select(static facts => facts.ToString()), JsonReader.Read(dumps["keepalived.json"]).Select(static facts => facts.ToString()));
    }

    [Fact]
    public void Json_hasStocksFieldsAndTypesInTheirOrder_andThoseOfTheTrailer()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Json);
        List<string> ours = JsonReader.Shape(dumps["keepalived.json"]);
        Assert.Equal(6 * 4, ours.Count(static field => field.Contains(".auth_ext_", StringComparison.Ordinal)));
        Assert.Equal(
            JsonReader.Shape(Recordings.Read("stock-2.2.7.json")), ours.Where(static field => !field.Contains(".auth_ext_", StringComparison.Ordinal)));
        Recordings.AssertRecorded("ours.json", dumps["keepalived.json"]);
    }

    [Fact]
    public void State_andJson_tellTheSame()
    {
        using ModelDumps dumps = Recordings.Start();
        dumps.Write(DumpKind.Data);
        dumps.Write(DumpKind.Json);
        List<InstanceFacts> state = StateReader.ReadBlocks(Lines(dumps["keepalived.data"]));
        List<InstanceFacts> json = JsonReader.Read(dumps["keepalived.json"]);
        Assert.Equal(state.Select(static facts => facts.ToString()), json.Select(static facts => facts.ToString()));
        Assert.Equal(state.Select(static facts => facts.LastTransition), json.Select(static facts => facts.LastTransition));
    }

    [Fact]
    public void Secrets_areInNoDump()
    {
        using ModelDumps dumps = Recordings.Start();
        foreach (DumpKind kind in Enum.GetValues<DumpKind>())
            dumps.Write(kind);
        Assert.Equal(["keepalived.data", "keepalived.json", "keepalived.stats", "keepalived_parent.data"], dumps.Files);
        Assert.All(dumps.Files, file => Assert.DoesNotContain("secret12", dumps[file], StringComparison.Ordinal));
    }
}
