using System.Buffers.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>The text of a record, gathered and written once a turn. What the disk refuses, or is beyond the limit, ends it; the daemon goes on.</summary>
/// <remarks>Allocates nothing once its buffer has grown to what a turn takes.</remarks>
internal sealed class RecordText : IDisposable
{
    /// <summary>The first line of every record.</summary>
    public const string Header = "keepalived-aot record 1";

    private const int FileMode = 0x180; // 0600
    private const int UsualTurn = 16 << 10;
    private const int LongestNumber = 24;

    private static ReadOnlySpan<byte> LastLine => "end\n"u8;

    private readonly string _path;
    private readonly int _limit;
    private readonly Log _log;
    private InPlaceFile? _file;
    private byte[] _text = new byte[UsualTurn];
    private int _length;
    private int _written;

    private RecordText(string path, int limit, InPlaceFile? file, Log log)
    {
        _path = path;
        _limit = limit;
        _file = file;
        _log = log;
    }

    /// <param name="limit">In bytes.</param>
    public static RecordText? Create(string path, int limit, Log log, out OsError failure)
    {
        failure = InPlaceFile.Create(path, FileMode, out InPlaceFile? file);
        return failure.IsError ? null : new RecordText(path, limit, file, log);
    }

    /// <summary>Without a file: the words are wanted.</summary>
    public static RecordText InMemory(Log log) => new("", int.MaxValue, file: null, log);

    /// <summary>What is not written yet.</summary>
    public ReadOnlySpan<byte> Waiting => _text.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public RecordText Add(ReadOnlySpan<byte> words)
    {
        Reserve(words.Length);
        words.CopyTo(_text.AsSpan(_length));
        _length += words.Length;
        return this;
    }

    public RecordText Add(long number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out int added);
        _length += added;
        return this;
    }

    public RecordText Add<T>(T value) where T : IUtf8SpanFormattable
    {
        int added;
        while (!value.TryFormat(_text.AsSpan(_length), out added, default, null))
            Grow();
        _length += added;
        return this;
    }

    /// <summary>One word of what may be any text: what is not to be in a word is written as %XX, and nothing at all as %.</summary>
    public RecordText Word(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return Add("%"u8);
        Span<byte> bytes = stackalloc byte[4];
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(bytes);
            foreach (byte one in bytes[..length])
            {
                if (one is > (byte)' ' and < 0x7F and not (byte)'%')
                    Add(new ReadOnlySpan<byte>(in one));
                else
                    Add("%"u8).Hex(new ReadOnlySpan<byte>(in one));
            }
        }
        return this;
    }

    public RecordText Hex(ReadOnlySpan<byte> bytes)
    {
        Reserve(2 * bytes.Length);
        foreach (byte one in bytes)
        {
            _text[_length++] = Digit(one >> 4);
            _text[_length++] = Digit(one & 0xF);
        }
        return this;
    }

    public void EndLine() => Add("\n"u8);

    /// <summary>Hands over what the turn has gathered.</summary>
    public void Flush()
    {
        if (_file is null)
            _length = 0;
        if (_file is null || _length == 0)
            return;
        if (_length > _limit - LastLine.Length - _written)
        {
            // Where it ends on purpose, what is there is whole.
            _file.Write(_written, LastLine);
            End();
            _log.Write(LogLevel.Warning, EventIds.Recording, $"The record {_path} ends: it has {_written} bytes, and its limit is {_limit}");
            return;
        }
        OsError failure = _file.Write(_written, Waiting);
        if (failure.IsError)
        {
            End();
            _log.Write(LogLevel.Warning, EventIds.Recording, $"The record {_path} ends after {_written} bytes: {failure}");
            return;
        }
        _written += _length;
        _length = 0;
    }

    /// <summary>What comes next cannot be recorded.</summary>
    public void GiveUp(string why)
    {
        if (_file is null)
            return;
        Flush();
        End();
        _log.Write(LogLevel.Warning, EventIds.Recording, $"The record {_path} ends after {_written} bytes: {why}");
    }

    public void Dispose()
    {
        Flush();
        End();
    }

    private void End()
    {
        _file?.Dispose();
        _file = null;
        _length = 0;
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private void Reserve(int length)
    {
        while (_text.Length - _length < length)
            Grow();
    }

    private void Grow() => Array.Resize(ref _text, 2 * _text.Length);
}
