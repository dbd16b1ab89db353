using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>Numbers that a config test does not mind when they are wrong.</summary>
internal static class RegexNumbers
{
    /// <summary>The next word as a number of bytes; what else it is, or that it is missing, is said in a warning.</summary>
    public static bool TryRead(Parser parser, out uint number)
    {
        number = 0;
        if (!parser.HasNext)
        {
            parser.Diagnostics.Report(DiagnosticCatalogue.RegexSetting, parser.LineSpan, $"'{parser.CurrentKeyword}' lacks a number; it is ignored");
            return false;
        }
        if (!parser.TryTake(out Text.Word word) || ConfigNumber.TryParse(word.Text, uint.MaxValue, out number))
            return true;
        parser.Diagnostics.Report(DiagnosticCatalogue.RegexSetting, word.Span, $"'{parser.CurrentKeyword}' takes a number of bytes, not '{word}'; it is ignored");
        parser.TakeRest();
        return false;
    }
}
