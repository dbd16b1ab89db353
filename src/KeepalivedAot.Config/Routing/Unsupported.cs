using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Routing;

/// <summary>What follows <c>as</c> on a route: <c>[to] ADDRESS</c>. No kernel does that any more.</summary>
public sealed record Unsupported(string Text) : IConfigArguments<Unsupported>
{
    static string IConfigArguments<Unsupported>.Expects => "[to] word";

    static bool IConfigArguments<Unsupported>.TryRead(Parser parser, out Unsupported value)
    {
        parser.Takes("to"u8);
        bool taken = parser.TryString(null, out string text);
        value = new Unsupported(text);
        if (taken)
            parser.Diagnostics.Report(DiagnosticCatalogue.AsUnsupported, parser.ValueSpan, "\"as to\" for MPLS only - ignoring", "leave it out");
        return taken;
    }

    string IConfigArguments<Unsupported>.Format(bool showsSecrets) => ConfigWords.Quote(Text);
}
