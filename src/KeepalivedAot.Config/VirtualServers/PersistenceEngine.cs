using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>The name of a persistence engine of IPVS; the kernel keeps 16 bytes, and what is longer is cut there.</summary>
public sealed record PersistenceEngine(string Name) : IConfigArguments<PersistenceEngine>
{
    private const int Longest = 16;

    static string IConfigArguments<PersistenceEngine>.Expects => "string(<=16)";

    static bool IConfigArguments<PersistenceEngine>.TryRead(Parser parser, out PersistenceEngine value)
    {
        value = null!;
        if (!parser.TryTake(out Text.Word word))
            return false;
        if (word.Text.Length > Longest)
            parser.Diagnostics.Report(DiagnosticCatalogue.TooLong, word.Span, $"'{parser.CurrentKeyword}' takes at most {Longest} bytes; it is cut there");
        value = new PersistenceEngine(parser.Intern(word.Text.Length > Longest ? word.Text[..Longest] : word.Text));
        return true;
    }

    string IConfigArguments<PersistenceEngine>.Format(bool showsSecrets) => ConfigWords.Quote(Name);
}
