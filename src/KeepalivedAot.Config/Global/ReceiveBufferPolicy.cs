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
        // What earlier lines say still holds.
        value = parser.Configuration.GlobalDefs.ReceiveBufferPolicy ?? default;
        if (!parser.HasNext)
            return parser.TryTake(out _);
        ReadOnlySpan<byte> first = parser.NextText;
        bool isSize = !first.IsEmpty && (char.IsAsciiDigit((char)first[0]) || first[0] is (byte)'+' or (byte)'-');
        if (isSize && !TryReadSize(parser, ref value))
        {
            parser.TakeRest();
            return false;
        }
        // A word that is none of them is passed over.
        while (parser.HasNext && parser.TryString(null, out string word))
        {
            if (word.Equals("MTU", StringComparison.OrdinalIgnoreCase))
                value = value.With(parser, value with { ByMtu = true });
            else if (word.Equals("ADVERT", StringComparison.OrdinalIgnoreCase))
                value = value.With(parser, value with { ByAdvertisement = true });
            else
                RejectWord(parser, word);
        }
        return value != default;
    }

    private static bool TryReadSize(Parser parser, ref ReceiveBufferPolicy value)
    {
        if (!parser.TryInteger(0, uint.MaxValue, true, out long bytes))
            return false;
        if (value is { ByMtu: true } or { ByAdvertisement: true })
            RejectSecond(parser, $"{parser.CurrentKeyword} size and policy, ignoring policy");
        value = new ReceiveBufferPolicy((uint)bytes, false, false);
        return true;
    }

    // With the policy that has just been read.
    private ReceiveBufferPolicy With(Parser parser, ReceiveBufferPolicy wished)
    {
        if (Bytes is not null)
        {
            RejectSecond(parser, $"{parser.CurrentKeyword} size and policy, ignoring policy");
            return this;
        }
        if (wished is { ByMtu: true, ByAdvertisement: true })
        {
            RejectSecond(parser, $"both {parser.CurrentKeyword} MTU and ADVERT, ignoring ADVERT");
            return wished with { ByAdvertisement = false };
        }
        return wished;
    }

    private static void RejectSecond(Parser parser, string what)
        => parser.Reject(DiagnosticCatalogue.BufferPolicies, $"Cannot set {what}", "leave one of them out");

    private static void RejectWord(Parser parser, string word)
        => parser.Reject(
            DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes MTU, ADVERT or, as its first word, a number of bytes, not '{word}'");

    string IConfigArguments<ReceiveBufferPolicy>.Format(bool showsSecrets)
        => Bytes?.ToString(CultureInfo.InvariantCulture) ?? (ByMtu ? ByAdvertisement ? "MTU ADVERT" : "MTU" : "ADVERT");
}
