using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

/// <summary>Reads the names of chains and sets of the kernel's packet filter.</summary>
internal static class NameList
{
    /// <summary>Up to <paramref name="most"/> words of up to <paramref name="longest"/> bytes; false when one is too long.</summary>
    public static bool TryRead(Parser parser, int most, int longest, List<string> names)
    {
        while (parser.HasNext && names.Count < most)
        {
            if (!parser.TryString(longest, out string name))
            {
                parser.TakeRest();
                return false;
            }
            names.Add(name);
        }
        return true;
    }

    public static string Format(IEnumerable<string> names) => string.Join(' ', names.Select(ConfigWords.Quote));
}
