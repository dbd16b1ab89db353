using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Logging;

public sealed class FileSinkTests : IDisposable
{
    private static readonly LineFormat s_plain = new(new LogIdent("Keepalived"));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string File => _directory.PathOf("log");

    private string[] Lines => System.IO.File.ReadAllLines(File);

    [Fact]
    public void Lines_before_the_file_has_a_name_are_in_it()
    {
        using FileSink sink = new(s_plain);
        sink.Write(LogLevel.Info, 1, "first"u8);
        Assert.False(sink.Open(File).IsError);
        sink.Write(LogLevel.Info, 1, "second"u8);
        Assert.Equal(["first", "second"], Lines.Select(static line => line[26..]));
        Assert.Equal(0, sink.DroppedCount);
    }

    [Fact]
    public void Link_and_directory_are_refused()
    {
        using FileSink sink = new(s_plain);
        System.IO.File.CreateSymbolicLink(File, _directory.PathOf("other"));
        Assert.Equal(Errno.ELOOP, sink.Open(File).Errno);
        Assert.False(System.IO.File.Exists(_directory.PathOf("other")));
        Directory.CreateDirectory(_directory.PathOf("d"));
        Assert.Equal(Errno.EISDIR, sink.Open(_directory.PathOf("d")).Errno);
        Assert.Equal(Errno.EACCES, sink.Open("/dev/null").Errno);
    }

    [Fact]
    public void What_is_lost_is_told_when_lines_are_taken_again()
    {
        using FileSink sink = new(s_plain);
        sink.GiveUp();
        sink.Write(LogLevel.Info, 1, "lost"u8);
        Assert.Equal(1, sink.DroppedCount);
        Assert.False(sink.Open(File).IsError);
        sink.Write(LogLevel.Info, 1, "there"u8);
        Assert.Equal(["(1 log lines were dropped: the file took no more)", "there"], Lines.Select(static line => line[26..]));
    }

    [Fact]
    public void Open_goes_on_in_the_file_that_was_put_in_the_place_of_the_former_one()
    {
        using FileSink sink = new(s_plain);
        Assert.False(sink.Open(File).IsError);
        sink.Write(LogLevel.Info, 1, "before"u8);
        System.IO.File.Move(File, _directory.PathOf("log.1"));
        sink.Write(LogLevel.Info, 1, "still before"u8);
        Assert.False(sink.Open(File).IsError);
        sink.Write(LogLevel.Info, 1, "after"u8);
        Assert.Equal(["before", "still before"], System.IO.File.ReadAllLines(_directory.PathOf("log.1")).Select(static line => line[26..]));
        Assert.Equal(["after"], Lines.Select(static line => line[26..]));
    }

    [Fact]
    public void Long_line_is_cut_and_nothing_is_allocated()
    {
        using FileSink sink = new(s_plain);
        Assert.False(sink.Open(File).IsError);
        byte[] line = Encoding.ASCII.GetBytes(new string('x', 2 * LogLine.Capacity));
        sink.Write(LogLevel.Info, 1, line);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sink.Write(LogLevel.Info, 1, line);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.All(Lines, static written => Assert.Equal(LogLine.Capacity, written[26..].Length));
    }
}
