using System.Globalization;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>The journal as verbs read it, whatever is in its files.</summary>
public sealed class JournalReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ka-journal-").FullName;

    private string Latest => Path.Combine(_directory, "events.jsonl");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Event(long sequence, long time) => string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{sequence},\"unix_us\":{time},\"event\":\"request\"}}");

    private static List<JsonElement> Events(params (long Sequence, long Time)[] events)
        => [.. events.Select(static e => JsonDocument.Parse(Event(e.Sequence, e.Time)).RootElement)];

    private string Read(int most, params (long Sequence, long Time)[] told)
    {
        using JournalReader reader = JournalReader.Open(Latest, out _) ?? new JournalReader();
        reader.Add(Events(told));
        string once = Numbers(reader);
        reader.Rewind();
        Assert.Equal(once, Numbers(reader));
        return once;

        string Numbers(JournalReader from) => string.Join(' ', from.ReadLast(most).Select(static e => e.GetProperty("seq").GetInt64()));
    }

    [Theory]
    [InlineData("{\"event\":\"transition\",\"instance\":\"\\ud800\",\"unix_us\":1}")]
    [InlineData("{\"event\":\"transition\",\"instance\":\"X\",\"unix_us\":9223372036854775807}")]
    [InlineData("{\"event\":\"transition\",\"instance\":\"X\",\"unix_us\":-1}")]
    [InlineData("{\"event\":\"transition\",\"instance\":\"X\",\"unix_us\":\"yesterday\"}")]
    [InlineData("{\"event\":5}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("null")]
    [InlineData("")]
    public void Line_that_is_no_event_is_passed_over(string line)
    {
        File.WriteAllText(Latest, $"{Event(1, 1)}\n{line}\n{Event(2, 2)}\n");
        Assert.Equal("1 2", Read(10));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_passed_over()
    {
        File.WriteAllBytes(Latest, [.. Encoding.UTF8.GetBytes($"{Event(1, 1)}\n{{\"event\":\"request\",\"reason\":\""), 0xFF, 0xFE, .. "\"}\n"u8, 0, 0, (byte)'\n', .. Encoding.UTF8.GetBytes($"{Event(2, 2)}\n")]);
        Assert.Equal("1 2", Read(10));
    }

    [Fact]
    public void Line_without_end_is_passed_over_in_little_memory()
    {
        File.WriteAllText(Latest, $"{Event(1, 1)}\n{new string('x', 3 * LineFile.LongestLine)}\n{Event(2, 2)}\n{new string('y', 2 * LineFile.LongestLine)}");
        Assert.Equal("1 2", Read(10));
    }

    [Fact]
    public void Long_journal_is_read_without_having_it_in_memory()
    {
        using (StreamWriter file = new(Latest))
        {
            for (int i = 1; i <= 200_000; i++)
                file.Write(Event(i, i) + "\n");
        }
        using JournalReader reader = JournalReader.Open(Latest, out _)!;
        Assert.Equal(5, reader.ReadLast(5).Count);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        reader.Rewind();
        List<JsonElement> last = reader.ReadLast(3);
        // Of some 15 MB; other tests allocate meanwhile.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2_000_000);
        Assert.Equal([199_998L, 199_999, 200_000], last.Select(static e => e.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public void Both_files_are_read_and_one_may_be_missing()
    {
        File.WriteAllText(RotatingFile.FormerOf(Latest), $"{Event(1, 1)}\n");
        Assert.Equal("1", Read(10));
        File.WriteAllText(Latest, $"{Event(2, 2)}\n");
        Assert.Equal("1 2", Read(10));
        Assert.Equal("2", Read(1));
    }

    [Fact]
    public void What_only_the_daemon_has_follows_what_is_in_the_file()
    {
        // A former run, and the disk is full since: the sequence begins anew, and the clock was set back.
        File.WriteAllText(Latest, $"{Event(7, 70)}\n{Event(1, 30)}\n{Event(2, 31)}\n");
        Assert.Equal("7 1 2 3 4", Read(10, (1, 30), (2, 31), (3, 20), (4, 21)));
        Assert.Equal("7 1 2", Read(10, (1, 30), (2, 31)));
        Assert.Equal("7 1 2 5", Read(10, (5, 50)));
        // What the file had and has no longer comes too late now.
        Assert.Equal("7 1 2 3", Read(10, (9, 9), (1, 30), (2, 31), (3, 32)));
        File.Delete(Latest);
        Assert.Equal("1 2", Read(10, (1, 30), (2, 31)));
    }

    [Fact]
    public void File_that_cannot_be_read_is_said()
    {
        Assert.Null(JournalReader.Open(Latest, out OsError failure));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Directory.CreateDirectory(Latest);
        Assert.Null(JournalReader.Open(Latest, out failure));
        Assert.Equal(Errno.EINVAL, failure.Errno);
    }
}
