using System.Buffers;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Linux.Logging;

/// <summary>How a line of the console or of a file is written, its end included.</summary>
/// <remarks>
/// <code>
/// Sun Nov 22 18:25:43 2026: (VI_1) Entering MASTER STATE
/// {"time":"2026-11-22T18:25:43.001234+01:00","level":"info","ident":"Keepalived_vrrp","pid":123,"event":1001,"instance":"VI_1","vrid":51,"message":"…"}
/// </code>
/// JSON is always valid and always UTF-8: a byte that is no text becomes U+FFFD.
/// </remarks>
public sealed class LineFormat(LogIdent ident, LogFormat kind = LogFormat.Plain)
{
    // "\u001f"
    private const int LongestEscape = 6;

    /// <summary>Bytes of one line, at most.</summary>
    internal const int LongestLine = 256 + LongestEscape * (LogIdent.LongestText + LogSubject.LongestName + LogLine.Capacity);

    private readonly int _pid = SystemInfo.ProcessId;

    /// <summary>Can be changed while running.</summary>
    public LogFormat Kind { get; set; } = kind;

    internal void Append(ref LineWriter text, LogLevel level, int eventId, LogSubject? subject, scoped ReadOnlySpan<byte> line)
    {
        line = line[..Math.Min(line.Length, LogLine.Capacity)];
        UnixTime now = WallClock.Now;
        if (Kind == LogFormat.Json)
            AppendJson(ref text, now, level, eventId, subject, line);
        else
            AppendPlain(ref text, now, line);
        text.Append("\n"u8);
    }

    /// <summary>A line that tells of lines that are missing.</summary>
    internal void AppendDropped(ref LineWriter text, long count, string why)
    {
        LineWriter line = new(stackalloc byte[128]);
        WriteDropped(ref line, count, why);
        Append(ref text, LogLevel.Warning, LogEvents.LinesDropped, null, line.Text);
    }

    internal static void WriteDropped(ref LineWriter line, long count, string why)
    {
        line.Append("("u8);
        line.Append(count);
        line.Append(" log lines were dropped: "u8);
        line.Append(why);
        line.Append(")"u8);
    }

    private static void AppendPlain(ref LineWriter text, UnixTime now, scoped ReadOnlySpan<byte> line)
    {
        LocalTime.WriteLong(now.Seconds, text.Rest);
        text.Advance(LocalTime.LongLength);
        text.Append(": "u8);
        text.Append(line);
    }

    private void AppendJson(
        ref LineWriter text, UnixTime now, LogLevel level, int eventId, LogSubject? subject, scoped ReadOnlySpan<byte> line)
    {
        text.Append("{\"time\":\""u8);
        LocalTime.WriteRfc3339(now, text.Rest);
        text.Advance(LocalTime.Rfc3339Length);
        text.Append("\",\"level\":\""u8);
        text.Append(LogLevelName.Of(level));
        text.Append("\",\"ident\":\""u8);
        AppendEscaped(ref text, ident.Bytes);
        text.Append("\",\"pid\":"u8);
        text.Append(_pid);
        text.Append(",\"event\":"u8);
        text.Append(eventId);
        if (subject is not null)
        {
            text.Append(",\"instance\":\""u8);
            AppendEscaped(ref text, subject.NameUtf8);
            text.Append("\",\"vrid\":"u8);
            text.Append(subject.Vrid);
        }
        text.Append(",\"message\":\""u8);
        AppendEscaped(ref text, line);
        text.Append("\"}"u8);
    }

    // RFC 8259, 7. DEL is escaped too: terminals do not like it.
    private static void AppendEscaped(ref LineWriter text, scoped ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            byte first = value[0];
            if (first < 0x80)
            {
                AppendAscii(ref text, first);
                value = value[1..];
                continue;
            }
            bool isText = Rune.DecodeFromUtf8(value, out _, out int consumed) == OperationStatus.Done;
            text.Append(isText ? value[..consumed] : "\uFFFD"u8);
            value = value[consumed..];
        }
    }

    private static void AppendAscii(ref LineWriter text, byte character)
    {
        switch (character)
        {
            case (byte)'"':
                text.Append("\\\""u8);
                break;
            case (byte)'\\':
                text.Append("\\\\"u8);
                break;
            case (byte)'\n':
                text.Append("\\n"u8);
                break;
            case (byte)'\t':
                text.Append("\\t"u8);
                break;
            case < 0x20 or 0x7F:
                text.Append("\\u00"u8);
                text.Append([HexDigit(character >> 4), HexDigit(character & 0xF)]);
                break;
            default:
                text.Append([character]);
                break;
        }
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
