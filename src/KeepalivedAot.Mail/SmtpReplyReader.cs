using System.Text;

namespace KeepalivedAot.Mail;

/// <summary>Puts together the lines of a server (RFC 5321, 4.2), however they are cut into pieces.</summary>
public sealed class SmtpReplyReader
{
    /// <summary>Twice what a server may send (4.5.3.1.5), as many do not keep to it.</summary>
    public const int LongestLine = 1024;

    /// <summary>More lines than any greeting or list of extensions has.</summary>
    public const int MostLines = 128;

    private const int CodeLength = 3;

    private readonly byte[] _line = new byte[LongestLine];
    private readonly List<string> _lines = [];
    private int _length;
    private int _code;

    /// <summary>Whether bytes of a further reply, or a part of one, have come.</summary>
    public bool IsEmpty => _length == 0 && _lines.Count == 0;

    /// <summary>Takes bytes up to the end of one reply.</summary>
    /// <param name="bytes">What is left of them.</param>
    /// <param name="reply">The whole reply, when the result is <see cref="SmtpReplyStatus.Complete"/>.</param>
    public SmtpReplyStatus Read(ref ReadOnlySpan<byte> bytes, out SmtpReply reply)
    {
        reply = default;
        while (!bytes.IsEmpty)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            if (next != '\n')
            {
                if (_length == LongestLine)
                    return SmtpReplyStatus.TooLong;
                _line[_length++] = next;
                continue;
            }
            SmtpReplyStatus status = EndLine(out bool isLast);
            if (status != SmtpReplyStatus.Incomplete)
                return status;
            if (!isLast)
                continue;
            reply = new SmtpReply(_code, [.. _lines]);
            _lines.Clear();
            return SmtpReplyStatus.Complete;
        }
        return SmtpReplyStatus.Incomplete;
    }

    // A bare line feed ends a line too: there are such servers.
    private SmtpReplyStatus EndLine(out bool isLast)
    {
        ReadOnlySpan<byte> line = _line.AsSpan(0, _length);
        _length = 0;
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        isLast = line.Length == CodeLength || (line.Length > CodeLength && line[CodeLength] == ' ');
        if (line.Length < CodeLength || (!isLast && line[CodeLength] != '-'))
            return SmtpReplyStatus.Garbage;
        int code = 0;
        foreach (byte digit in line[..CodeLength])
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return SmtpReplyStatus.Garbage;
            code = 10 * code + digit - '0';
        }
        // 4.2: 2yz to 5yz; all lines of a reply have its code.
        if (code is < 200 or > 599 || (_lines.Count > 0 && code != _code))
            return SmtpReplyStatus.Garbage;
        if (_lines.Count == MostLines)
            return SmtpReplyStatus.TooLong;
        _code = code;
        _lines.Add(MailAddress.Clean(Encoding.UTF8.GetString(line[Math.Min(line.Length, CodeLength + 1)..])));
        return SmtpReplyStatus.Incomplete;
    }
}

/// <summary>How far reading a reply has come.</summary>
public enum SmtpReplyStatus : byte
{
    Incomplete,
    Complete,

    /// <summary>A line, or the number of lines, exceeds all measure.</summary>
    TooLong,

    /// <summary>Not the reply of an SMTP server.</summary>
    Garbage,
}

/// <summary>One reply.</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="Lines">Their text without the code; at least one.</param>
public readonly record struct SmtpReply(int Code, string[] Lines)
{
    // What a log line shows of a long-winded server.
    private const int LongestShown = 200;

    /// <summary>2yz: done.</summary>
    public bool IsPositive => Code / 100 == 2;

    /// <summary>For a log line: <c>550 no such user</c>.</summary>
    public override string ToString()
    {
        string text = Lines[^1].Length <= LongestShown ? Lines[^1] : Lines[^1][..LongestShown];
        return text.Length == 0 ? $"{Code}" : $"{Code} {text}";
    }
}
