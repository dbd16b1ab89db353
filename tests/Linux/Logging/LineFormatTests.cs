using System.Globalization;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Tests.Linux.Logging;

public sealed class LineFormatTests
{
    private static string Written(LineFormat format, LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        LineWriter text = new(new byte[LineFormat.LongestLine]);
        format.Append(ref text, level, eventId, subject, line);
        // Always UTF-8: this throws otherwise.
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.Text);
    }

    [Fact]
    public void Json_has_a_field_for_each_thing()
    {
        LineFormat format = new(new LogIdent("Keepalived_vrrp"), LogFormat.Json);
        string text = Written(format, LogLevel.Info, 1001, new LogSubject("VI_1", 51), "(VI_1) Entering MASTER STATE"u8);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        JsonElement line = JsonDocument.Parse(text).RootElement;
        Assert.Equal(["time", "level", "ident", "pid", "event", "instance", "vrid", "message"], line.EnumerateObject().Select(static p => p.Name));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$", line.GetProperty("time").GetString()!);
        DateTimeOffset time = DateTimeOffset.Parse(line.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange((DateTimeOffset.Now - time).TotalSeconds, -1, 5);
        Assert.Equal(("info", "Keepalived_vrrp", Environment.ProcessId, 1001), (line.GetProperty("level").GetString(),
            line.GetProperty("ident").GetString(), line.GetProperty("pid").GetInt32(), line.GetProperty("event").GetInt32()));
        Assert.Equal(("VI_1", 51, "(VI_1) Entering MASTER STATE"), (line.GetProperty("instance").GetString(),
            line.GetProperty("vrid").GetInt32(), line.GetProperty("message").GetString()));
    }

    [Fact]
    public void Json_without_a_subject_has_no_instance()
    {
        JsonElement line = JsonDocument.Parse(Written(new LineFormat(new LogIdent("K"), LogFormat.Json), LogLevel.ExtraDetail, 1, null, ""u8)).RootElement;
        Assert.False(line.TryGetProperty("instance", out _));
        Assert.False(line.TryGetProperty("vrid", out _));
        Assert.Equal("extra-detail", line.GetProperty("level").GetString());
    }

    [Fact]
    public void Json_is_valid_whatever_bytes_a_line_has()
    {
        LineFormat format = new(new LogIdent("K\"\\\u001b"), LogFormat.Json);
        Random random = new(6);
        byte[] line = new byte[LogLine.Capacity + 100];
        for (int i = 0; i < 2000; i++)
        {
            int length = random.Next(line.Length);
            random.NextBytes(line.AsSpan(0, length));
            string text = Written(format, LogLevel.Info, i, new LogSubject("\"\n\uEF80", 1), line.AsSpan(0, length));
            Assert.Equal(text.Length - 1, text.IndexOf('\n'));
            JsonElement read = JsonDocument.Parse(text).RootElement;
            // What .NET makes of these bytes, too, puts one U+FFFD for each part that is none.
            Assert.Equal(Encoding.UTF8.GetString(line, 0, Math.Min(length, LogLine.Capacity)), read.GetProperty("message").GetString());
            Assert.Equal("K\"\\\u001b", read.GetProperty("ident").GetString());
        }
    }

    [Fact]
    public void Json_of_the_longest_line_is_whole()
    {
        LineFormat format = new(new LogIdent(new string('\u0001', 500)), LogFormat.Json);
        byte[] line = new byte[2 * LogLine.Capacity];
        JsonElement read = JsonDocument.Parse(
            Written(format, LogLevel.ExtraDetail, int.MaxValue, new LogSubject(new string('\u0002', 1000), 255), line)).RootElement;
        Assert.Equal((LogIdent.LongestText, LogSubject.LongestName, LogLine.Capacity), (read.GetProperty("ident").GetString()!.Length,
            read.GetProperty("instance").GetString()!.Length, read.GetProperty("message").GetString()!.Length));
    }

    [Fact]
    public void Formats_allocate_nothing()
    {
        LineFormat format = new(new LogIdent("Keepalived"), LogFormat.Json);
        LogSubject subject = new("VI_1", 1);
        byte[] buffer = new byte[LineFormat.LongestLine];
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            format.Kind = i % 2 == 0 ? LogFormat.Json : LogFormat.Plain;
            LineWriter text = new(buffer);
            format.Append(ref text, LogLevel.Info, 1001, subject, "(VI_1) a \"line\""u8);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
