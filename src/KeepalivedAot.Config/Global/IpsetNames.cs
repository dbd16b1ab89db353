using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The names of the six ipsets, in keepalived's order; the keyword by itself means that none are used.</summary>
public sealed class IpsetNames(IReadOnlyList<string> names) : IConfigArguments<IpsetNames>
{
    private const int Count = 6;
    private const int LongestName = 30;

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
        if (names.Count > 0)
            names.AddRange(Usual.Skip(names.Count));
        value = new IpsetNames(names);
        return true;
    }

    string IConfigArguments<IpsetNames>.Format(bool showsSecrets) => NameList.Format(Names);
}
