using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing.Names;

/// <summary>Puts numbers for names, and reports those that have none.</summary>
internal sealed class NameResolver(INameTables names, DiagnosticBag diagnostics)
{
    public INameTables Tables => names;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <param name="what">What it is, as keepalived begins its message.</param>
    /// <returns>False when the host that is configured does not have the name.</returns>
    public bool Resolve<TKind>(NamedNumber<TKind> given, SourceSpan span, string what, out NamedNumber<TKind> value) where TKind : struct, INameKind
        => Judge(given.Resolve(names, out value), span, given.Name, what);

    public bool Resolve(Realms given, SourceSpan span, out Realms value)
        => Judge(given.Resolve(names, out value), span, given.ToString(), "Realm");

    public bool Judge(NameAnswer answer, SourceSpan span, string? name, string what)
    {
        if (answer == NameAnswer.Unknown)
            diagnostics.Report(DiagnosticCatalogue.UnknownName, span, $"{what} {name} not found", "write its number");
        else if (answer == NameAnswer.NotKnownHere)
            diagnostics.Report(DiagnosticCatalogue.NameOfAnotherHost, span, $"{what} {name} is not known here; the host must have it", "write its number");
        return answer != NameAnswer.Unknown;
    }
}
