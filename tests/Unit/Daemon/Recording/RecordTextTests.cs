using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Unit.Daemon.Recording;

/// <summary>The file of a record: bounded, and no trouble for the daemon.</summary>
public sealed class RecordTextTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly Lines _lines = new();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Limit_isKept_andToldOnce()
    {
        const int Limit = 1000;
        using (RecordText text = Open(Limit))
        {
            for (int turn = 0; turn < 100; turn++)
            {
                text.Add("turn "u8).Add(turn).EndLine();
                text.Add(" > send "u8).Hex(new byte[20]).EndLine();
                text.Flush();
            }
        }
        string written = File.ReadAllText(_path);
        Assert.InRange(written.Length, Limit - 100, Limit);
        Assert.EndsWith("\nend\n", written, StringComparison.Ordinal);
        Assert.Single(_lines.Written);
        Assert.Contains("its limit is 1000", _lines.Written[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Words_ofAnyText_areOneWord()
    {
        RecordText text = Open(1000);
        text.Word("a b%c\nü").Add(" "u8).Word("").EndLine();
        text.Dispose();
        Assert.Equal("a%20b%25c%0a%c3%bc %\n", File.ReadAllText(_path));
    }

    [Fact]
    public void Turns_allocateNothing()
    {
        RecordText text = Open(1 << 20);
        byte[] bytes = new byte[200];
        Turn(text, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < 100; turn++)
            Turn(text, bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        text.Dispose();
    }

    private static void Turn(RecordText text, byte[] bytes)
    {
        text.Add("packet "u8).Add(1234567890123).Add(" "u8).Add(IpAddress.FromIPv4(0xC0000201)).Add(" "u8).Word("VI_1").Add(" "u8).Hex(bytes).EndLine();
        text.Flush();
    }

    private RecordText Open(int limit)
    {
        RecordText? text = RecordText.Create(_path, limit, new Log(_lines), out OsError failure);
        Assert.False(failure.IsError);
        return text!;
    }

    private sealed class Lines : ILogSink
    {
        public List<string> Written { get; } = [];

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Written.Add(Encoding.UTF8.GetString(line));
    }
}
