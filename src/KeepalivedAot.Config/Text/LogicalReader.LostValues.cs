using System.Buffers;
using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// What stands in a sequence with a mistake may be a password that was meant for one of its names.
internal sealed partial class LogicalReader
{
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t,(){}"u8);

    // Nobody can tell which of them was to be which: all that stands there was meant for each of the names.
    private void NoteLostValues(TextSlice sequence)
    {
        if (_diagnostics is null)
            return;
        bool isOfSecret = HasSecretWord(sequence.Bytes) || UsesSecretLine(sequence.Bytes);
        List<string> names = [];
        bool isName = true;
        foreach ((int start, int length) in PiecesOf(sequence.Bytes))
        {
            ReadOnlySpan<byte> piece = sequence.Bytes.Slice(start, length);
            // The first one is ~SEQ itself.
            if (start == 0)
                continue;
            if (isName)
            {
                names.Add(Encoding.UTF8.GetString(piece));
                isName = sequence.Bytes.IndexOf("({"u8) is var open and >= 0 && open < start && !sequence.Bytes[open..start].Contains((byte)'}')
                    && !sequence.Bytes[(start + length)..].TrimStart(" \t"u8).StartsWith("}"u8);
            }
            else if (piece[0] == (byte)'$' || HasSecretWord(piece))
            {
                continue;
            }
            else if (isOfSecret)
            {
                _sources.HideSecret(sequence.SpanOf(start, length), piece);
            }
            else
            {
                foreach (string name in names)
                    _sources.NoteLost(name, sequence.SpanOf(start, length), piece);
            }
        }
    }

    private static List<(int Start, int Length)> PiecesOf(ReadOnlySpan<byte> text)
    {
        List<(int, int)> pieces = [];
        for (int at = 0; at < text.Length; at++)
        {
            int length = text[at..].IndexOfAny(ValueEnds) is var end and >= 0 ? end : text.Length - at;
            if (length > 0)
                pieces.Add((at, length));
            at += length;
        }
        return pieces;
    }

    private static bool HasSecretWord(ReadOnlySpan<byte> text)
    {
        foreach ((int start, int length) in PiecesOf(text))
        {
            if (SecretMask.IsLikeThatOfASecret(Encoding.UTF8.GetString(text.Slice(start, length))))
                return true;
        }
        return false;
    }

    // It repeats a line of a definition, and that one has the secret's word.
    private bool UsesSecretLine(ReadOnlySpan<byte> text)
    {
        foreach ((int start, int length) in PiecesOf(text))
        {
            if (text[start] == (byte)'$' && _definitions.Find(text.Slice(start + 1, length - 1)) is { } definition
                && (HasSecretWord(definition.First.Bytes) || definition.More.Any(static line => HasSecretWord(line.Bytes))))
            {
                return true;
            }
        }
        return false;
    }
}
