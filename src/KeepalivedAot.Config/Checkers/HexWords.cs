using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Checkers;

/// <summary>Reads the rest of a line as bytes in hexadecimal.</summary>
internal static class HexWords
{
    public static bool TryRead(Parser parser, List<byte> bytes, List<byte>? mask)
    {
        if (!parser.HasNext)
            return parser.TryTake(out _);
        bool isValid = true;
        while (parser.HasNext && parser.TryTake(out Text.Word word))
        {
            if (HexText.TryParse(System.Text.Encoding.UTF8.GetString(word.Text), bytes, mask))
                continue;
            isValid = parser.Reject(
                DiagnosticCatalogue.InvalidHex, $"'{word}' is not in hexadecimal", mask is null ? "write pairs of 0-9 and a-f" : "write pairs of 0-9, a-f and X");
            parser.TakeRest();
        }
        return isValid;
    }
}
