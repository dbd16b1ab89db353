using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The names of the six ipsets, in keepalived's order; the keyword by itself means that none are used.</summary>
/// <remarks>keepalived's manual: what is left out is made by adding to the names that are there.</remarks>
public sealed class IpsetNames(IReadOnlyList<string> names) : IConfigArguments<IpsetNames>
{
    private const int Count = 6;
    private const int LongestName = 30;
    private const int LongestOfKernel = 31;

    public static IReadOnlyList<string> Usual { get; }
        = ["keepalived", "keepalived6", "keepalived_if6", "keepalived_igmp", "keepalived_mld", "keepalived_nd"];

    /// <summary>Six names, or none.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    static string IConfigArguments<IpsetNames>.Expects => "[name(<=30)]{0,6}";

    static bool IConfigArguments<IpsetNames>.TryRead(Parser parser, out IpsetNames value)
    {
        value = null!;
        List<string> names = [];
        if (!NameList.TryRead(parser, Count, LongestName, names))
            return false;
        if (names.Count > 0 && !Complete(parser, names))
            return false;
        value = new IpsetNames(names);
        return true;
    }

    // Names that are left out are made from the first one, by the ends that the usual ones have.
    private static bool Complete(Parser parser, List<string> names)
    {
        for (int i = names.Count; i < Count; i++)
        {
            string name = names[0] + Usual[i][Usual[0].Length..];
            if (Encoding.UTF8.GetByteCount(name) > LongestOfKernel)
                return parser.Reject(DiagnosticCatalogue.TooLong, $"the ipset '{name}' has more than {LongestOfKernel} bytes", "write all six names");
            names.Add(name);
        }
        for (int i = 1; i < Count; i++)
        {
            if (names.IndexOf(names[i]) < i)
                return parser.Reject(DiagnosticCatalogue.IpsetsAlike, $"two ipsets are called '{names[i]}'", "write six names that differ");
        }
        return true;
    }

    string IConfigArguments<IpsetNames>.Format(bool showsSecrets) => NameList.Format(Names);
}
