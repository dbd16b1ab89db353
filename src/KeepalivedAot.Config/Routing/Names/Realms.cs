using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Names;

/// <summary>The realms of a route or a rule: <c>[FROM/]TO</c>, each a number or a name.</summary>
public readonly record struct Realms(NamedNumber<RealmKind> From, NamedNumber<RealmKind> To) : IConfigValue<Realms>
{
    public static string Expects => "[from/]to";

    /// <summary>As rtnetlink's RTA_FLOW and FRA_FLOW have it: the source realm in the upper half.</summary>
    public uint Flow => (From.Number << 16) | To.Number;

    public static bool TryParse(ReadOnlySpan<byte> text, out Realms value)
    {
        value = default;
        int slash = text.IndexOf((byte)'/');
        NamedNumber<RealmKind> from = default;
        if (slash >= 0 && !NamedNumber<RealmKind>.TryParse(text[..slash], out from))
            return false;
        if (!NamedNumber<RealmKind>.TryParse(text[(slash + 1)..], out NamedNumber<RealmKind> to))
            return false;
        value = new Realms(from, to);
        return true;
    }

    internal NameAnswer Resolve(INameTables names, out Realms value)
    {
        NameAnswer from = From.Resolve(names, out NamedNumber<RealmKind> source);
        NameAnswer to = To.Resolve(names, out NamedNumber<RealmKind> destination);
        value = new Realms(source, destination);
        return from == NameAnswer.Found ? to : from;
    }

    public override string ToString() => From == default ? To.ToString() : $"{From}/{To}";
}
