using System.Buffers.Binary;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Logging;

/// <summary>One line as a message of the host's log, in each of its forms.</summary>
internal readonly struct SyslogMessage
{
    private const int LongestHeader = 512;

    // In structured data each byte of a name may need an escape.
    private const int LongestFields = 2 * LogSubject.LongestName + 512;

    /// <summary>Bytes, at most.</summary>
    public const int LongestLength = LongestHeader + LongestFields + LogLine.Capacity;

    public required SyslogFacility Facility { get; init; }

    public required LogLevel Level { get; init; }

    public required int EventId { get; init; }

    public required LogSubject? Subject { get; init; }

    public required LogIdent Ident { get; init; }

    public required int Pid { get; init; }

    public required UnixTime Time { get; init; }

    private int Severity => SyslogSink.SeverityOf(Level);

    private int Priority => (int)Facility * 8 + Severity;

    /// <summary><c>&lt;30&gt;Nov 22 18:25:43 Keepalived_vrrp[123]: text</c> (RFC 3164, 4.1, without host name as is usual locally).</summary>
    public void WriteRfc3164(ref LineWriter message, scoped ReadOnlySpan<byte> text)
    {
        message.Append("<"u8);
        message.Append(Priority);
        message.Append(">"u8);
        LocalTime.WriteShort(Time.Seconds, message.Rest);
        message.Advance(LocalTime.ShortLength);
        message.Append(" "u8);
        message.Append(Ident.Bytes);
        message.Append("["u8);
        message.Append(Pid);
        message.Append("]: "u8);
        message.Append(text);
    }

    /// <summary>
    /// <c>&lt;30&gt;1 2026-11-22T18:25:43.001234+01:00 host Keepalived_vrrp 123 1001 [keepalived@9586.100.5 instance="VI_1" vrid="51"] text</c>
    /// (RFC 5424, 6). The message id is the number of the event.
    /// </summary>
    /// <param name="host">Its name; empty is not known.</param>
    public void WriteRfc5424(ref LineWriter message, scoped ReadOnlySpan<byte> host, scoped ReadOnlySpan<byte> text)
    {
        const int LongestHost = 255;
        const int LongestAppName = 48;
        message.Append("<"u8);
        message.Append(Priority);
        message.Append(">1 "u8);
        LocalTime.WriteRfc3339(Time, message.Rest);
        message.Advance(LocalTime.Rfc3339Length);
        AppendHeaderField(ref message, host, LongestHost);
        AppendHeaderField(ref message, Ident.Bytes, LongestAppName);
        message.Append(" "u8);
        message.Append(Pid);
        message.Append(" "u8);
        message.Append(EventId);
        if (Subject is null)
        {
            message.Append(" - "u8);
        }
        else
        {
            // keepalived's node under enterprise 9586, which its SNMP objects have too.
            message.Append(" [keepalived@9586.100.5 instance=\""u8);
            AppendParameter(ref message, Subject.NameUtf8);
            message.Append("\" vrid=\""u8);
            message.Append(Subject.Vrid);
            message.Append("\"] "u8);
        }
        message.Append(text);
    }

    /// <summary>Fields for systemd-journald (its native protocol): <c>NAME=value</c> lines, or a length in front where a value has line ends.</summary>
    public void WriteJournal(ref LineWriter message, scoped ReadOnlySpan<byte> text)
    {
        AppendField(ref message, "MESSAGE"u8, text);
        AppendField(ref message, "PRIORITY"u8, Severity);
        AppendField(ref message, "SYSLOG_FACILITY"u8, (int)Facility);
        AppendField(ref message, "SYSLOG_IDENTIFIER"u8, Ident.Bytes);
        AppendField(ref message, "SYSLOG_PID"u8, Pid);
        AppendField(ref message, "KEEPALIVED_EVENT"u8, EventId);
        if (Subject is null)
            return;
        AppendField(ref message, "KEEPALIVED_INSTANCE"u8, Subject.NameUtf8);
        AppendField(ref message, "KEEPALIVED_VRID"u8, Subject.Vrid);
    }

    // Printable ASCII without blanks.
    private static void AppendHeaderField(ref LineWriter message, scoped ReadOnlySpan<byte> value, int longest)
    {
        message.Append(" "u8);
        if (value.IsEmpty)
            message.Append("-"u8);
        foreach (byte character in value[..Math.Min(value.Length, longest)])
            message.Append([character is > 0x20 and < 0x7F ? character : (byte)'?']);
    }

    // RFC 5424, 6.3.3.
    private static void AppendParameter(ref LineWriter message, scoped ReadOnlySpan<byte> value)
    {
        foreach (byte character in value)
        {
            if (character is (byte)'"' or (byte)'\\' or (byte)']')
                message.Append("\\"u8);
            message.Append([character]);
        }
    }

    private static void AppendField(ref LineWriter message, scoped ReadOnlySpan<byte> name, long value)
    {
        message.Append(name);
        message.Append("="u8);
        message.Append(value);
        message.Append("\n"u8);
    }

    private static void AppendField(ref LineWriter message, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        message.Append(name);
        if (value.Contains((byte)'\n'))
        {
            message.Append("\n"u8);
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)value.Length);
            message.Append(length);
        }
        else
        {
            message.Append("="u8);
        }
        message.Append(value);
        message.Append("\n"u8);
    }
}
