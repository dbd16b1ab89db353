using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>The stack of compiled regular expressions, in bytes.</summary>
public readonly record struct RegexStack(uint Start, uint Most) : IConfigArguments<RegexStack>
{
    static string IConfigArguments<RegexStack>.Expects => "uint uint";

    static bool IConfigArguments<RegexStack>.TryRead(Parser parser, out RegexStack value)
    {
        value = default;
        if (!RegexNumbers.TryRead(parser, out uint start) || !RegexNumbers.TryRead(parser, out uint most))
            return false;
        value = new RegexStack(start, most);
        return true;
    }

    string IConfigArguments<RegexStack>.Format(bool showsSecrets) => string.Create(CultureInfo.InvariantCulture, $"{Start} {Most}");
}
