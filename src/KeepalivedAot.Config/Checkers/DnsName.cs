using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A domain name, without or with the dot at its end (RFC 1035, 2.3.4).</summary>
public sealed record DnsName(string Text) : IConfigArguments<DnsName>
{
    private const int LongestLabel = 63;
    private const int LongestName = 253;

    static string IConfigArguments<DnsName>.Expects => "string";

    static bool IConfigArguments<DnsName>.TryRead(Parser parser, out DnsName value)
    {
        value = null!;
        if (!parser.TryString(null, out string name))
            return false;
        string bare = name.EndsWith('.') ? name[..^1] : name;
        if (bare.Length > LongestName || (bare.Length > 0 && bare.Split('.').Any(static l => l.Length is 0 or > LongestLabel)))
            return parser.Reject(DiagnosticCatalogue.InvalidDomainName, $"'{name}' is no domain name: its parts have 1 to {LongestLabel} bytes");
        value = new DnsName(name);
        return true;
    }

    string IConfigArguments<DnsName>.Format(bool showsSecrets) => ConfigWords.Quote(Text);
}
