using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

/// <summary>A name of a process; the kernel keeps 15 bytes, and what is longer is cut there.</summary>
public sealed record ProcessName(string Text) : IConfigArguments<ProcessName>
{
    private const int Longest = 15;

    static string IConfigArguments<ProcessName>.Expects => "string(<=15)";

    static bool IConfigArguments<ProcessName>.TryRead(Parser parser, out ProcessName value)
    {
        value = null!;
        if (!parser.TryTake(out Text.Word word))
            return false;
        string kept = parser.Intern(word.Text.Length <= Longest ? word.Text : word.Text[..Longest]);
        if (word.Text.Length > Longest)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.TooLong, word.Span, $"'{parser.CurrentKeyword}' takes at most {Longest} bytes; it is cut to '{kept}'", $"write {kept}");
        }
        value = new ProcessName(kept);
        return true;
    }

    string IConfigArguments<ProcessName>.Format(bool showsSecrets) => ConfigWords.Quote(Text);
}
