using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace KeepalivedAot.Config.Generator.Model;

/// <summary>A declaration that the generator cannot make sense of.</summary>
/// <remarks>Keeps where it is and not the syntax tree, which would keep the whole compilation alive.</remarks>
internal sealed record Misuse(string Id, string FilePath, TextSpan Span, LinePositionSpan Lines, string Subject)
{
    public static Misuse At(DiagnosticDescriptor descriptor, ISymbol symbol, string subject)
    {
        Location location = symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;
        FileLinePositionSpan lines = location.GetLineSpan();
        return new Misuse(descriptor.Id, lines.Path ?? "", location.SourceSpan, lines.Span, subject);
    }

    public Diagnostic ToDiagnostic()
        => Diagnostic.Create(Misuses.Find(Id), Location.Create(FilePath, Span, Lines), Subject);
}
