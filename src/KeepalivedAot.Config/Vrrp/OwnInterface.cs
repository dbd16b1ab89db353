using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>Names of interfaces that are made for instances, as words among options.</summary>
internal static class OwnInterface
{
    private const int LongestName = 15;

    /// <summary>Takes a name; one too long, or a second one, is ignored, and the interface gets another name.</summary>
    /// <returns>Always true: the word has been dealt with.</returns>
    public static bool TryTakeName(Parser parser, string kind, string? before, Action<string> set)
    {
        parser.TryTake(out Word word);
        if (before is not null)
        {
            ReportSecondName(parser, kind, word.ToString(), word.Span);
        }
        else if (word.Text.Length is 0 or > LongestName || word.Text.Contains((byte)'/'))
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.InvalidInterfaceName, word.Span, $"{kind} interface name '{word}' too long or invalid characters - ignoring");
        }
        else
        {
            set(parser.Intern(word.Text));
        }
        return true;
    }

    /// <summary>The interface has a name already, by an earlier word or line.</summary>
    public static void ReportSecondName(Parser parser, string kind, string name, SourceSpan span)
        => parser.Diagnostics.Report(DiagnosticCatalogue.VmacAndIpvlan, span, $"{kind} interface name already specified; '{name}' is ignored");
}
