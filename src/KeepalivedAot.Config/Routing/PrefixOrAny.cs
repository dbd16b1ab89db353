using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>A destination or a source: a prefix, or a word for all addresses of the family that the line has.</summary>
/// <param name="Prefix">No address for <c>default</c>, <c>any</c> and <c>all</c>, until the family is known.</param>
public readonly record struct PrefixOrAny(IpPrefix Prefix, bool IsAny) : IConfigArguments<PrefixOrAny>
{
    static string IConfigArguments<PrefixOrAny>.Expects => "ip[/len]|default|any|all|default6";

    public bool IsGiven => IsAny || !Prefix.Address.IsNone;

    public AddressFamily Family => Prefix.Address.Family;

    static bool IConfigArguments<PrefixOrAny>.TryRead(Parser parser, out PrefixOrAny value)
    {
        value = default;
        if (parser.Takes("default"u8) || parser.Takes("any"u8) || parser.Takes("all"u8))
        {
            value = new PrefixOrAny(default, true);
            return true;
        }
        if (parser.Takes("default6"u8))
        {
            parser.Diagnostics.Report(DiagnosticCatalogue.DeprecatedWord, parser.ValueSpan, "'default6' is deprecated", "write '::/0'");
            value = new PrefixOrAny(All(AddressFamily.IPv6), true);
            return true;
        }
        if (!parser.TryPrefix(AddressFamily.None, out IpPrefix prefix))
            return false;
        value = new PrefixOrAny(prefix, false);
        return true;
    }

    public static IpPrefix All(AddressFamily family)
        => new(family == AddressFamily.IPv6 ? IpAddress.FromBytes(stackalloc byte[IpAddress.IPv6Length]) : IpAddress.FromIPv4(0), 0);

    /// <summary>The same, now that the family of the line is known.</summary>
    internal PrefixOrAny In(AddressFamily family) => IsAny && Prefix.Address.IsNone ? new PrefixOrAny(All(family), true) : this;

    string IConfigArguments<PrefixOrAny>.Format(bool showsSecrets) => ToString();

    public override string ToString() => Prefix.Address.IsNone ? IsAny ? "default" : "" : Prefix.ToString();
}
