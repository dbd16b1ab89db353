using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A type of DNS record, by its number (RFC 1035, 3.2.2 and later ones).</summary>
public readonly record struct DnsType(ushort Number) : IConfigArguments<DnsType>
{
    public const ushort Soa = 6;

    private static readonly (string Name, ushort Number)[] s_types =
    [
        ("A", 1), ("NS", 2), ("CNAME", 5), ("SOA", Soa), ("MX", 15), ("TXT", 16), ("AAAA", 28), ("RRSIG", 46), ("DNSKEY", 48),
    ];

    static string IConfigArguments<DnsType>.Expects => string.Join('|', s_types.Select(static t => t.Name));

    static bool IConfigArguments<DnsType>.TryRead(Parser parser, out DnsType value)
    {
        value = default;
        if (!parser.TryString(null, out string word))
            return false;
        (string Name, ushort Number) found = Array.Find(s_types, t => t.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
        value = new DnsType(found.Number);
        return found.Name is not null
            || parser.Reject(DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes {string.Join(", ", s_types.Select(static t => t.Name))}, not '{word}'");
    }

    string IConfigArguments<DnsType>.Format(bool showsSecrets)
    {
        ushort number = Number;
        return Array.Find(s_types, t => t.Number == number).Name;
    }
}
