using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The iptables chains for packets that come in and go out: <c>[name [name]]</c>.</summary>
/// <param name="Outgoing">Null: none.</param>
public sealed record IptablesChains(string Incoming, string? Outgoing) : IConfigArguments<IptablesChains>
{
    private const int LongestName = 27;

    public static IptablesChains Usual { get; } = new("INPUT", "OUTPUT");

    static string IConfigArguments<IptablesChains>.Expects => "[name(<=27) [name(<=27)]]";

    static bool IConfigArguments<IptablesChains>.TryRead(Parser parser, out IptablesChains value)
    {
        value = Usual;
        List<string> names = [];
        if (!NameList.TryRead(parser, 2, LongestName, names))
            return false;
        if (names.Count == 0)
            return true;
        if (names.Count == 2 && names[0] == names[1])
            return parser.Reject(DiagnosticCatalogue.ChainsAlike, "the chains for packets in and out must differ");
        value = new IptablesChains(names[0], names.Count == 2 ? names[1] : null);
        return true;
    }

    string IConfigArguments<IptablesChains>.Format(bool showsSecrets)
        => NameList.Format(Outgoing is null ? [Incoming] : [Incoming, Outgoing]);
}
