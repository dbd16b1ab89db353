using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Text;

/// <summary>One line of JSON after the other, in a buffer that is used again: an object, and a line feed.</summary>
internal sealed class JsonLine
{
    private const int UsualLength = 1024;
    private const int LongestValue = 1000;

    /// <summary>Names are cut to this many characters: they may be anything that a configuration holds.</summary>
    private const int LongestName = 200;

    private const int TimeLength = 27;

    private readonly ArrayBufferWriter<byte> _bytes = new(UsualLength);
    private readonly Utf8JsonWriter _json;

    public JsonLine() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Begins an object; the line before is gone.</summary>
    public Utf8JsonWriter Begin()
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        return _json;
    }

    /// <summary>Ends the object. Valid until the next one begins.</summary>
    public ReadOnlySpan<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _bytes.Write("\n"u8);
        return _bytes.WrittenSpan;
    }

    /// <summary>Text of others: what is no text in it is shown as such.</summary>
    public static string Show(string text)
    {
        if (text.Length > LongestName)
            text = text[..(char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName)];
        return ByteText.Show(text);
    }

    /// <summary>
    /// A time for people, in UTC with microseconds (RFC 3339). Without a string or a format: thousands of instances may change at once, and their advertisements
    /// wait for this.
    /// </summary>
    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> property, UnixTime time)
    {
        Span<byte> text = stackalloc byte[TimeLength];
        "0000-00-00T00:00:00.000000Z"u8.CopyTo(text);
        DateTime at = DateTime.UnixEpoch.AddTicks(time.Nanoseconds / 100);
        WriteDigits(text[..4], at.Year);
        WriteDigits(text[5..7], at.Month);
        WriteDigits(text[8..10], at.Day);
        WriteDigits(text[11..13], at.Hour);
        WriteDigits(text[14..16], at.Minute);
        WriteDigits(text[17..19], at.Second);
        WriteDigits(text[20..26], time.Microseconds);
        json.WriteString(property, text);
    }

    private static void WriteDigits(Span<byte> text, int number)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            text[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }

    /// <summary>A value that writes itself.</summary>
    public static void WriteValue<T>(Utf8JsonWriter json, ReadOnlySpan<byte> property, in T value) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[LongestValue];
        Invariant.Require(value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture), "a value's text fits the buffer");
        if (Utf8.IsValid(text[..length]))
            json.WriteString(property, text[..length]);
        else
            json.WriteString(property, Encoding.UTF8.GetString(text[..length]));
    }
}
