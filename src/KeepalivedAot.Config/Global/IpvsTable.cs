using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

/// <summary>The nftables table that marks packets of virtual server groups: <c>[name]</c>.</summary>
public sealed record IpvsTable(string Name) : IConfigArguments<IpvsTable>
{
    private const int LongestName = 254;
    private const string UsualName = "keepalived_ipvs";

    static string IConfigArguments<IpvsTable>.Expects => "[name(<=254)]";

    static bool IConfigArguments<IpvsTable>.TryRead(Parser parser, out IpvsTable value)
    {
        value = null!;
        string name = UsualName;
        if (parser.HasNext && !parser.TryString(LongestName, out name))
            return false;
        value = new IpvsTable(name);
        if (!parser.IsIgnored)
            parser.Configuration.GlobalDefs.ResetIpvsTable(parser);
        return true;
    }

    string IConfigArguments<IpvsTable>.Format(bool showsSecrets) => ConfigWords.Quote(Name);
}
