using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What the number of a tracked file counts: <c>int [reverse|noreverse]</c>.</summary>
/// <param name="IsReversed">Null: as the file says; never null after loading.</param>
public readonly record struct FileWeight(int Factor, bool? IsReversed) : IConfigArguments<FileWeight>
{
    static string IConfigArguments<FileWeight>.Expects => "int -2147483647..2147483647 [reverse|noreverse]";

    static bool IConfigArguments<FileWeight>.TryRead(Parser parser, out FileWeight value)
    {
        value = default;
        if (!parser.TryInteger(-int.MaxValue, int.MaxValue, false, out long factor))
            return false;
        bool? isReversed = parser.Takes("reverse"u8) ? true : parser.Takes("noreverse"u8) ? false : null;
        if (isReversed is null && parser.HasNext)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.UnknownOption, parser.NextSpan, $"unknown track file weight option {parser.TakeRest()[0]} - ignoring",
                "only 'reverse' or 'noreverse' may follow the number");
        }
        value = new FileWeight((int)factor, isReversed);
        return true;
    }

    string IConfigArguments<FileWeight>.Format(bool showsSecrets)
        => string.Create(CultureInfo.InvariantCulture, $"{Factor}{(IsReversed is null ? "" : IsReversed.Value ? " reverse" : " noreverse")}");
}
