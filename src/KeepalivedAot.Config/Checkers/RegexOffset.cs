using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A place in a page, in bytes from its beginning.</summary>
/// <remarks>What is no number is passed over: keepalived says so in its log only, and a config test is content.</remarks>
public readonly record struct RegexOffset(uint Bytes) : IConfigArguments<RegexOffset>
{
    static string IConfigArguments<RegexOffset>.Expects => "uint";

    static bool IConfigArguments<RegexOffset>.TryRead(Parser parser, out RegexOffset value)
    {
        bool isRead = RegexNumbers.TryRead(parser, out uint bytes);
        value = new RegexOffset(bytes);
        return isRead;
    }

    string IConfigArguments<RegexOffset>.Format(bool showsSecrets) => Bytes.ToString(CultureInfo.InvariantCulture);
}
