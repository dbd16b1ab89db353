using System.Globalization;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Diagnostics as text for people: where, what, the line with the place underlined, what to write instead, why.</summary>
/// <remarks>Secrets are masked, and nothing of a file reaches the terminal as a control sequence.</remarks>
public sealed class DiagnosticRenderer(SourceMap sources, bool useColour = false)
{
    private const int WidestLine = 120;
    private const int KeptBefore = 40;

    private readonly SecretMask _mask = new(sources);

    /// <summary>All of them in the order of the text, and how many there are.</summary>
    public string Render(DiagnosticBag diagnostics)
    {
        StringBuilder text = new();
        foreach (Diagnostic diagnostic in diagnostics.InTextOrder())
            Render(diagnostic, text);
        if (diagnostics.Dropped > 0)
            text.Append(CultureInfo.InvariantCulture, $"and {diagnostics.Dropped} more\n");
        return text.ToString();
    }

    public string Render(Diagnostic diagnostic)
    {
        StringBuilder text = new();
        Render(diagnostic, text);
        return text.ToString();
    }

    private void Render(Diagnostic diagnostic, StringBuilder text)
    {
        SourceLocation at = diagnostic.Location;
        string severity = Name(diagnostic.Severity);
        string colour = ColourOf(diagnostic.Severity);
        text.Append(Bold).Append(Printable(at.ToString())).Append(": ").Append(Reset)
            .Append(colour).Append(severity).Append(" [").Append(diagnostic.Code).Append("]: ").Append(Reset)
            .Append(Bold).Append(Printable(diagnostic.Message)).Append(Reset).Append('\n');
        if (at.File is not null && at.Line > 0)
            RenderSource(at, colour, text);
        Render(diagnostic.Chain, "  ", text);
        if (diagnostic.ReadAs is not null)
            text.Append("  read as: ").Append(Printable(string.Join(", ", diagnostic.ReadAs))).Append('\n');
        if (diagnostic.Suggestion is not null)
            text.Append("  help: ").Append(Printable(diagnostic.Suggestion)).Append('\n');
        if (diagnostic.Why is not null)
            text.Append("  why: ").Append(diagnostic.Why).Append('\n');
        Render(diagnostic.Related, "  ", text);
    }

    private static void Render(IReadOnlyList<RelatedPlace> places, string indentation, StringBuilder text)
    {
        foreach (RelatedPlace place in places)
        {
            text.Append(indentation).Append(Printable(place.Location.ToString())).Append(": ").Append(Printable(place.Message)).Append('\n');
            Render(place.Chain ?? [], indentation + "  ", text);
        }
    }

    private void RenderSource(SourceLocation at, string colour, StringBuilder text)
    {
        string line = Shown(at.File!, at.Line);
        int column = Math.Min(at.Column - 1, line.Length);
        int from = column > WidestLine - KeptBefore ? column - KeptBefore : 0;
        int shown = Math.Min(line.Length - from, WidestLine);
        text.Append("    ").Append(line, from, shown).Append('\n').Append("    ");
        for (int i = from; i < column; i++)
            text.Append(line[i] == '\t' ? '\t' : ' ');
        int underlined = Math.Max(1, Math.Min(at.Length, from + shown - column));
        text.Append(colour).Append('^').Append('~', underlined - 1).Append(Reset).Append('\n');
    }

    // One UTF-16 unit for each character of the line, so that columns stay true.
    private string Shown(SourceFile file, int number)
    {
        bool[] masked = _mask.Of(file, number);
        ReadOnlySpan<byte> line = file.Line(number)[..masked.Length];
        StringBuilder shown = new();
        int at = 0;
        while (at < line.Length)
        {
            Rune.DecodeFromUtf8(line[at..], out Rune rune, out int consumed);
            shown.Append(masked[at] ? '*' : Shown(rune));
            at += consumed;
        }
        return shown.ToString();
    }

    private static char Shown(Rune rune)
    {
        if (rune.Value == '\t')
            return '\t';
        // What has no width of its own would move what follows, or turn it round.
        bool isInvisible = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
        return !rune.IsBmp || isInvisible ? '\uFFFD' : (char)rune.Value;
    }

    private static string Printable(string text)
    {
        text = ByteText.Show(text);
        if (!text.Any(char.IsControl))
            return text;
        return string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c));
    }

    private static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "hint",
    };

    private string Bold => useColour ? "\e[1m" : "";

    private string Reset => useColour ? "\e[0m" : "";

    private string ColourOf(Severity severity)
    {
        if (!useColour)
            return "";
        return severity switch
        {
            Severity.Error => "\e[1;31m",
            Severity.Warning => "\e[1;33m",
            _ => "\e[1;36m",
        };
    }
}
