using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>The journal in memory and in its files.</summary>
public sealed class EventJournalTests : IDisposable, ILogSink
{
    private static readonly UnixTime s_time = UnixTime.FromSeconds(1_796_000_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("ka-journal-").FullName;
    private readonly List<string> _lines = [];
    private readonly EventJournal _journal;
    private readonly string _path;
    private readonly RotatingFile _file;

    public EventJournalTests()
    {
        _journal = new EventJournal(static () => s_time, new Log(this));
        _path = Path.Combine(_folder, "events.jsonl");
        _file = RotatingFile.At(_path);
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<JsonElement> Read()
    {
        using JournalReader reader = JournalReader.Open(_path, out _)!;
        return reader.ReadLast(int.MaxValue);
    }

    private static string[] Lines(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void EndTurn(double seconds = 1) => _journal.OnTurnEnd(new Instant((long)(seconds * 1e9)));

    [Fact]
    public void Transition_has_all_that_its_reason_has()
    {
        Transition transition = new(VrrpState.Backup, VrrpState.Active, new TransitionReason(TransitionCause.ActiveRouterSilent)
        {
            Peer = IpAddress.Parse("10.0.0.2"), PeerPriority = new Priority(150), Elapsed = Duration.FromMilliseconds(3610), Limit = Duration.FromMicroseconds(3_609_375),
        });
        _journal.OnTransition("VI_1", transition, new Priority(100));
        Assert.Equal(
            """{"seq":1,"unix_us":1796000000000000,"time":"2026-11-30T00:53:20.000000Z","event":"transition","instance":"VI_1","from":"BACKUP","to":"MASTER","cause":"master_silent","reason":"no advertisement from 10.0.0.2 for 3.61 s (limit 3.609 s); its last one had priority 150","priority":100,"peer":"10.0.0.2","peer_priority":150,"elapsed_us":3610000,"limit_us":3609375}""",
            Assert.Single(Lines(_journal.LinesFrom(0))));
    }

    [Theory]
    [InlineData("a\"b\\c\u001b[2J")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\uef80\uefff")]
    public void Names_may_be_anything(string name)
    {
        _journal.Write(JournalKinds.Request, "x", name);
        _journal.Write(JournalKinds.Request, new string('\ud83d', 300), new string('n', 5000));
        Assert.All(Lines(_journal.LinesFrom(0)), static line => Assert.NotNull(JournalReader.TryParse(Encoding.UTF8.GetBytes(line))));
        Assert.All(Lines(_journal.LinesFrom(0)), static line => Assert.True(line.Length < 3000));
    }

    [Fact]
    public void Events_that_the_file_has_and_lacks_are_counted()
    {
        _journal.Write(JournalKinds.Request, "kept nowhere");
        _journal.Keep(_file);
        for (int i = 0; i < 10; i++)
            _journal.Write(JournalKinds.Request, "written");
        EndTurn();
        Assert.Equal((11, 0), (_journal.WrittenCount, _journal.LostCount));
        RotatingFile nowhere = RotatingFile.At(Path.Combine(_folder, "missing", "events.jsonl"));
        _journal.Keep(nowhere);
        for (int i = 1; i <= 5000; i++)
            _journal.Write(JournalKinds.Request, $"number {i}");
        int kept = Lines(_journal.LinesFrom(0)).Length;
        Assert.Equal((11, 5000 - kept), (_journal.WrittenCount, _journal.LostCount));
        _journal.Keep(_file);
        EndTurn(1_000_000);
        Assert.Equal((11 + kept, 5000 - kept), (_journal.WrittenCount, _journal.LostCount));
    }

    [Fact]
    public void Memory_is_bounded_and_keeps_the_last_whole_lines()
    {
        for (int i = 1; i <= 5000; i++)
            _journal.Write(JournalKinds.Request, $"number {i}");
        string[] lines = Lines(_journal.LinesFrom(0));
        Assert.InRange(lines.Length, 200, 1000);
        Assert.Contains("\"seq\":5000,", lines[^1], StringComparison.Ordinal);
        Assert.Equal(lines.Length, lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt64()).Distinct().Count());
        Assert.Equal(_journal.End - _journal.Start, _journal.LinesFrom(0).Length);
        Assert.True(_journal.LinesFrom(_journal.End).IsEmpty);
    }

    [Fact]
    public void File_has_every_line_also_those_of_one_long_turn()
    {
        _journal.Keep(_file);
        for (int i = 1; i <= 3000; i++)
            _journal.Write(JournalKinds.Request, $"number {i}");
        EndTurn();
        List<JsonElement> events = Read();
        Assert.Equal(3000, events.Count);
        Assert.Equal(Enumerable.Range(1, 3000).Select(static i => (long)i), events.Select(static e => e.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public void Files_are_bounded_together()
    {
        _journal.Keep(_file);
        _file.Limit = 64 << 10;
        for (int i = 1; i <= 5000; i++)
        {
            _journal.Write(JournalKinds.Request, $"number {i}");
            EndTurn();
        }
        long length = new FileInfo(_path).Length + new FileInfo(RotatingFile.FormerOf(_path)).Length;
        Assert.InRange(length, 32 << 10, 64 << 10);
        Assert.Equal(5000, Read()[^1].GetProperty("seq").GetInt64());
    }

    [Fact]
    public void Line_that_a_crash_cut_off_costs_itself_only()
    {
        File.WriteAllText(_path, "{\"seq\":1,\"event\":\"started\"}\n{\"seq\":2,\"ev");
        _journal.Keep(_file);
        _journal.Write(JournalKinds.Request, "next");
        EndTurn();
        Assert.Equal(["started", "request"], Read().Select(static e => e.GetProperty("event").GetString()));
    }

    [Fact]
    public void Disk_that_takes_nothing_is_said_once_and_tried_again()
    {
        Directory.CreateDirectory(_path);
        _journal.Keep(_file);
        for (int i = 0; i < 3; i++)
        {
            _journal.Write(JournalKinds.Request, "x");
            EndTurn(1 + i);
        }
        Assert.Contains("The journal is not written: ", Assert.Single(_lines), StringComparison.Ordinal);
        Assert.True(_journal.Failure.IsError);
        Directory.Delete(_path);
        EndTurn(30);
        Assert.False(File.Exists(_path));
        EndTurn(70);
        Assert.Equal(3, Read().Count);
        Assert.Equal("The journal is written again", _lines[^1]);
    }

    [Fact]
    public void Link_that_somebody_has_planted_is_not_followed()
    {
        string victim = Path.Combine(_folder, "victim");
        File.WriteAllText(victim, "");
        File.CreateSymbolicLink(_path, victim);
        _journal.Keep(_file);
        _journal.Write(JournalKinds.Request, "x");
        EndTurn();
        Assert.Equal(Errno.ELOOP, _journal.Failure.Errno);
        Assert.Equal("", File.ReadAllText(victim));
    }

    [Fact]
    public void Follower_that_is_too_slow_is_told_that_it_has_lost_some()
    {
        EventsReply reply = new(_journal, instance: null, follows: true);
        JsonLine line = new();
        Assert.True(reply.Next(line, default).IsEmpty);
        for (int i = 0; i < 3000; i++)
            _journal.Write(JournalKinds.Request, "x");
        Assert.Contains("\"event\":\"lost\"", Encoding.UTF8.GetString(reply.Next(line, default)), StringComparison.Ordinal);
        int count = 0;
        while (Lines(reply.Next(line, default)) is { Length: > 0 } lines)
            count += lines.Length;
        Assert.Equal(Lines(_journal.LinesFrom(0)).Length, count);
        Assert.False(reply.IsComplete);
    }

    [Fact]
    public void Reply_about_one_instance_leaves_the_others_out_and_the_daemon_in()
    {
        _journal.Write(JournalKinds.Started, "started");
        _journal.Write(JournalKinds.Request, "of a", "A");
        _journal.Write(JournalKinds.Request, "of b, not \"instance\":\"A\"", "B");
        EventsReply reply = new(_journal, "A", follows: false);
        JsonLine line = new();
        Assert.Equal(["started", "of a"], Lines(reply.Next(line, default)).Select(static text => JsonDocument.Parse(text).RootElement.GetProperty("reason").GetString()));
        Assert.Equal("{\"ok\":true}\n", Encoding.UTF8.GetString(reply.Next(line, default)));
        Assert.True(reply.IsComplete);
    }

    [Fact]
    public void Every_cause_that_changes_a_state_has_a_name_and_is_counted()
    {
        TransitionCounts counts = new();
        foreach (TransitionCause cause in Enum.GetValues<TransitionCause>())
            counts.Count(cause);
        TransitionCause[] stay =
        [
            TransitionCause.Ignored, TransitionCause.Followed, TransitionCause.LowerPriorityDiscarded, TransitionCause.ReleaseHeard, TransitionCause.LowerPriorityHeard,
            TransitionCause.OwnAddressHeard, TransitionCause.AdvertisementDue, TransitionCause.PriorityChanged,
        ];
        Assert.All(Enum.GetValues<TransitionCause>().Except(stay), static cause => Assert.NotEqual("other", Encoding.UTF8.GetString(JournalKinds.CauseName(cause))));
    }
}
