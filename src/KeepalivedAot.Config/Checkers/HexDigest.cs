using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>An MD5 digest: 32 hexadecimal digits.</summary>
public sealed record HexDigest(UInt128 Value) : IConfigArguments<HexDigest>
{
    private const int Digits = 32;

    static string IConfigArguments<HexDigest>.Expects => "hex32";

    static bool IConfigArguments<HexDigest>.TryRead(Parser parser, out HexDigest value)
    {
        value = null!;
        if (!parser.TryTake(out Text.Word word))
            return false;
        bool isValid = word.Text.Length == Digits;
        UInt128 sum = 0;
        foreach (byte c in word.Text)
        {
            isValid &= char.IsAsciiHexDigit((char)c);
            sum = (sum << 4) | (uint)((char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10) & 15);
        }
        if (!isValid)
            return parser.Reject(DiagnosticCatalogue.InvalidHex, $"'{parser.CurrentKeyword}' takes {Digits} hexadecimal digits, not '{word}'");
        value = new HexDigest(sum);
        return true;
    }

    string IConfigArguments<HexDigest>.Format(bool showsSecrets) => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
