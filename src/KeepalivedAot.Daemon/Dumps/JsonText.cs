using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>JSON as keepalived writes it: no white space, and a slash in a string has a backslash before it.</summary>
/// <remarks>Commas come by themselves. Whoever writes sees to it that brackets match.</remarks>
internal sealed class JsonText(DumpText text)
{
    private const byte FirstPrintable = 0x20;

    // In a string, while it is written.
    private readonly DumpText _raw = new(DumpText.LineCapacity);
    private bool _needsComma;

    public void Open(ReadOnlySpan<byte> bracket)
    {
        Separate();
        text.Add(bracket);
        _needsComma = false;
    }

    public void Close(ReadOnlySpan<byte> bracket)
    {
        text.Add(bracket);
        _needsComma = true;
    }

    public void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        text.Add("\""u8);
        text.Add(name);
        text.Add("\":"u8);
        _needsComma = false;
    }

    public void Number(ReadOnlySpan<byte> name, ulong number)
    {
        Name(name);
        text.Add(number, null);
        _needsComma = true;
    }

    public void Number<T>(ReadOnlySpan<byte> name, T number) where T : IUtf8SpanFormattable
    {
        Name(name);
        text.Add(number, null);
        _needsComma = true;
    }

    /// <summary>A flag that is a number.</summary>
    public void Bit(ReadOnlySpan<byte> name, bool isSet) => Number(name, isSet ? 1UL : 0);

    public void Boolean(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        text.Add(value ? "true"u8 : "false"u8);
        _needsComma = true;
    }

    public void String(ReadOnlySpan<byte> name, string value)
    {
        Name(name);
        String(value);
    }

    public void String(string value)
    {
        // JSON is text: a byte of a name that is no UTF-8 is a replacement character.
        _raw.Clear();
        _raw.Add(ByteText.Show(value));
        String(_raw.Bytes);
    }

    /// <param name="utf8">What is none of it becomes replacement characters.</param>
    public void String(ReadOnlySpan<byte> utf8)
    {
        Separate();
        text.Add("\""u8);
        while (!utf8.IsEmpty)
        {
            int plain = PlainLength(utf8);
            text.Add(utf8[..plain]);
            utf8 = utf8[plain..];
            if (utf8.IsEmpty)
                break;
            Escape(ref utf8);
        }
        text.Add("\""u8);
        _needsComma = true;
    }

    // ASCII that stands for itself, and whole characters beyond it.
    private static int PlainLength(ReadOnlySpan<byte> utf8)
    {
        int length = 0;
        while (length < utf8.Length)
        {
            byte one = utf8[length];
            if (one is < FirstPrintable or (byte)'"' or (byte)'\\' or (byte)'/')
                break;
            if (one < 0x80)
            {
                length++;
                continue;
            }
            if (Rune.DecodeFromUtf8(utf8[length..], out Rune _, out int consumed) != System.Buffers.OperationStatus.Done)
                break;
            length += consumed;
        }
        return length;
    }

    private void Escape(ref ReadOnlySpan<byte> utf8)
    {
        byte one = utf8[0];
        if (one >= 0x80)
        {
            text.Add("\uFFFD"u8);
            Rune.DecodeFromUtf8(utf8, out Rune _, out int consumed);
            utf8 = utf8[consumed..];
            return;
        }
        if (one < FirstPrintable)
            text.Add($"\\u{one:x4}");
        else
            text.Add($"\\{(char)one}");
        utf8 = utf8[1..];
    }

    private void Separate()
    {
        if (_needsComma)
            text.Add(","u8);
    }
}
