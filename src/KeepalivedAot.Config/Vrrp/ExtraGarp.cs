using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>Gratuitous ARP on the other interfaces of an instance with VMACs: <c>[all] uint 0..86400 (sec)</c>.</summary>
/// <param name="All">On every interface, not only on those that are VMACs.</param>
/// <param name="Interval">The period; zero is none.</param>
public readonly record struct ExtraGarp(bool All, Duration Interval) : IConfigArguments<ExtraGarp>
{
    private const int Longest = 86400;

    static string IConfigArguments<ExtraGarp>.Expects => "[all] uint 0..86400 (sec)";

    static bool IConfigArguments<ExtraGarp>.TryRead(Parser parser, out ExtraGarp value)
    {
        value = default;
        string keyword = parser.CurrentKeyword;
        bool all = parser.Takes("all"u8);
        if (!parser.HasNext)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.OptionWithoutValue, parser.LineSpan, $"{keyword} specified without time - ignoring", $"write '{keyword} [all] SECONDS'");
            return false;
        }
        if (!parser.TryInteger(0, Longest, isStrict: false, out long seconds))
            return false;
        value = new ExtraGarp(all, Duration.FromSeconds(seconds));
        return true;
    }

    string IConfigArguments<ExtraGarp>.Format(bool showsSecrets)
        => (All ? "all " : "") + Interval.WholeSeconds.ToString(CultureInfo.InvariantCulture);
}
