using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Routing;

/// <summary>The word behind <c>inet</c> and <c>inet6</c>, which keepalived passes over without looking at it.</summary>
public sealed record PassedOver(string Text) : IConfigArguments<PassedOver>
{
    static string IConfigArguments<PassedOver>.Expects => "flag";

    static bool IConfigArguments<PassedOver>.TryRead(Parser parser, out PassedOver value)
    {
        bool taken = parser.TryString(null, out string text);
        value = new PassedOver(text);
        if (taken)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.WordPassedOver, parser.ValueSpan, $"keepalived passes over '{text}', because it follows '{parser.CurrentKeyword}'",
                $"leave '{parser.CurrentKeyword}' out: the addresses say which family it is");
        }
        return taken;
    }

    string IConfigArguments<PassedOver>.Format(bool showsSecrets) => ConfigWords.Quote(Text);
}
