using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>How the receive buffers of the sockets for advertisements are sized: <c>{MTU|ADVERT|bytes}...</c>.</summary>
/// <param name="Bytes">Null: by MTU or by the size of an advertisement; a number beats both.</param>
public readonly record struct ReceiveBufferPolicy(uint? Bytes, bool ByMtu, bool ByAdvertisement) : IConfigArguments<ReceiveBufferPolicy>
{
    static string IConfigArguments<ReceiveBufferPolicy>.Expects => "{MTU|ADVERT|uint! 0..4294967295}...";

    static bool IConfigArguments<ReceiveBufferPolicy>.TryRead(Parser parser, out ReceiveBufferPolicy value)
    {
        value = default;
        if (!parser.HasNext)
            return parser.TryTake(out _);
        ReadOnlySpan<byte> first = parser.NextText;
        if (!first.IsEmpty && (char.IsAsciiDigit((char)first[0]) || first[0] is (byte)'+' or (byte)'-'))
            return TryReadSize(parser, out value);
        // A word that is none of them is passed over.
        while (parser.HasNext && parser.TryString(null, out string word))
        {
            if (word.Equals("MTU", StringComparison.OrdinalIgnoreCase))
                value = value with { ByMtu = true };
            else if (word.Equals("ADVERT", StringComparison.OrdinalIgnoreCase))
                value = value with { ByAdvertisement = true };
            else
                RejectWord(parser, word);
        }
        if (value is { ByMtu: true, ByAdvertisement: true })
        {
            parser.Reject(DiagnosticCatalogue.BufferPolicies, $"Cannot set both {parser.CurrentKeyword} MTU and ADVERT, ignoring ADVERT", "leave one of them out");
            value = value with { ByAdvertisement = false };
        }
        return value != default;
    }

    private static bool TryReadSize(Parser parser, out ReceiveBufferPolicy value)
    {
        value = default;
        if (!parser.TryInteger(0, uint.MaxValue, true, out long bytes))
        {
            parser.TakeRest();
            return false;
        }
        value = new ReceiveBufferPolicy((uint)bytes, false, false);
        while (parser.HasNext && parser.TryString(null, out string word))
        {
            if (word.Equals("MTU", StringComparison.OrdinalIgnoreCase) || word.Equals("ADVERT", StringComparison.OrdinalIgnoreCase))
                parser.Reject(DiagnosticCatalogue.BufferPolicies, $"Cannot set {parser.CurrentKeyword} size and policy, ignoring policy", $"leave {word} out");
            else
                RejectWord(parser, word);
        }
        return true;
    }

    private static void RejectWord(Parser parser, string word)
        => parser.Reject(
            DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes MTU, ADVERT or, as its first word, a number of bytes, not '{word}'");

    string IConfigArguments<ReceiveBufferPolicy>.Format(bool showsSecrets)
        => Bytes?.ToString(CultureInfo.InvariantCulture) ?? (ByMtu ? ByAdvertisement ? "MTU ADVERT" : "MTU" : "ADVERT");
}
