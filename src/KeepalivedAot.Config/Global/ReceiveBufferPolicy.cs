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
        if (!parser.NextText.IsEmpty && char.IsAsciiDigit((char)parser.NextText[0]))
        {
            if (!parser.TryInteger(0, uint.MaxValue, true, out long bytes))
                return false;
            value = new ReceiveBufferPolicy((uint)bytes, false, false);
            return true;
        }
        do
        {
            if (!parser.TryString(null, out string word))
                return false;
            if (word.Equals("MTU", StringComparison.OrdinalIgnoreCase))
                value = value with { ByMtu = true };
            else if (word.Equals("ADVERT", StringComparison.OrdinalIgnoreCase))
                value = value with { ByAdvertisement = true };
            else
                return parser.Reject(DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes MTU, ADVERT or a number of bytes, not '{word}'");
        }
        while (parser.HasNext);
        return true;
    }

    string IConfigArguments<ReceiveBufferPolicy>.Format(bool showsSecrets)
        => Bytes?.ToString(CultureInfo.InvariantCulture) ?? (ByMtu ? ByAdvertisement ? "MTU ADVERT" : "MTU" : "ADVERT");
}
