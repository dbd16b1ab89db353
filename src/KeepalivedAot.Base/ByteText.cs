using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace KeepalivedAot.Base;

/// <summary>Names, paths and commands as strings: bytes of a file or of the kernel, which need not be UTF-8, and back without loss.</summary>
/// <remarks>
/// What is UTF-8 is the text that it is. Each byte from 0x80 on that is no part of UTF-8 becomes one of the 128 private characters from
/// U+EF80 on; so do the bytes of these characters themselves, should somebody have written one, so that no two texts become one.
/// </remarks>
public static class ByteText
{
    private const char First = '\uEF80';
    private const int ShortText = 64;
    private const char Last = '\uEFFF';
    private const byte FirstByte = 0x80;

    // With it begin the private characters in UTF-8, and few others.
    private const byte Lead = 0xEE;

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (IsPlain(bytes))
            return Encoding.UTF8.GetString(bytes);
        char[] text = new char[bytes.Length];
        return new string(text, 0, Decode(bytes, text));
    }

    /// <param name="text">With room for as many characters as there are bytes.</param>
    /// <returns>How many characters were written.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        if (IsPlain(bytes))
            return Encoding.UTF8.GetChars(bytes, text);
        int length = 0;
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed);
            if (status == OperationStatus.Done && rune.Value is < First or > Last)
            {
                length += rune.EncodeToUtf16(text[length..]);
            }
            else
            {
                foreach (byte one in bytes[..consumed])
                    text[length++] = (char)(First + one - FirstByte);
            }
            bytes = bytes[consumed..];
        }
        return length;
    }

    public static byte[] Encode(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        TryEncode(text, bytes, out int length);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    /// <returns>False when there is no room.</returns>
    public static bool TryEncode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        length = 0;
        while (!text.IsEmpty)
        {
            int plain = IndexOfByte(text) is var found and >= 0 ? found : text.Length;
            if (!Encoding.UTF8.TryGetBytes(text[..plain], bytes[length..], out int written))
                return false;
            length += written;
            text = text[plain..];
            if (text.IsEmpty)
                break;
            if (length == bytes.Length)
                return false;
            bytes[length++] = (byte)(text[0] - First + FirstByte);
            text = text[1..];
        }
        return true;
    }

    /// <summary>Where the first byte stands that is no text; negative when all of it is.</summary>
    public static int IndexOfByte(ReadOnlySpan<char> text)
    {
        // Names are short, and of these the generic search makes garbage under the JIT.
        if (text.Length > ShortText)
            return text.IndexOfAnyInRange(First, Last);
        int at = 0;
        while (at < text.Length && text[at] is not (>= First and <= Last))
            at++;
        return at < text.Length ? at : -1;
    }

    /// <summary>For people, and for formats that are text: what is no text is one replacement character for each byte.</summary>
    public static string Show(string text)
        => IndexOfByte(text) < 0 ? text : string.Create(text.Length, text, static (shown, from) =>
        {
            for (int i = 0; i < shown.Length; i++)
                shown[i] = from[i] is >= First and <= Last ? '\uFFFD' : from[i];
        });

    /// <summary>The same in place.</summary>
    public static void Show(Span<char> text)
    {
        foreach (ref char c in text)
        {
            if (c is >= First and <= Last)
                c = '\uFFFD';
        }
    }

    private static bool IsPlain(ReadOnlySpan<byte> bytes) => !bytes.Contains(Lead) && Utf8.IsValid(bytes);
}
