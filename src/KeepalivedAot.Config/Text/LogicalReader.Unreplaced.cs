using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Text;

// What is said of names that look as if they should be replaced, and are not.
internal sealed partial class LogicalReader
{
    private int _searches;

    // Returns how many bytes stay.
    private int NoteUndefined(int at, in NameUse use, SourceSpan site, string name)
    {
        if (!use.IsBraced || IsQuoted(at))
        {
            // Text for somebody else, such as a shell; unless it is nearly a name that there is.
            if (!IsQuoted(at) && NearestTo(name) is string meant)
                Hint(at, site, "there is no definition of this name up to here, so it is not replaced", $"did you mean '${meant}'?");
            return use.Length;
        }
        _hasUndefined = true;
        string? near = NearestTo(name);
        ReportUse(
            at, DiagnosticCatalogue.UndefinedName, site, $"there is no definition of '{name}' up to here",
            near is null ? $"write '${name}=VALUE' on a line before it" : $"did you mean '${{{near}}}'?");
        return TakeBracesOff(at, use, site, name);
    }

    // A text may use more names that nobody has defined than anybody wants to know of.
    private string? NearestTo(string name)
        => _diagnostics is { IsFull: false } && _searches++ < DiagnosticBag.Limit ? Spelling.Nearest(name, _definitions.Names) : null;

    // They would open and close a block, and give mistakes that nobody understands.
    private int TakeBracesOff(int at, in NameUse use, SourceSpan site, string name)
    {
        _builder.Replace(at, use.Length, Encoding.ASCII.GetBytes("$" + name), site, _builder.StepOf(at));
        return 1 + name.Length;
    }

    // $NAME of a definition, but with something behind it that keeps it from being replaced.
    private void Suspect(int at)
    {
        ReadOnlySpan<byte> rest = _builder.Bytes[(at + 1)..];
        int length = NameLength(rest);
        if (length == 0 || _definitions.Find(rest[..length]) is not Definition definition)
            return;
        Hint(at, _builder.SiteOf(at, 1 + length), $"'${definition.Name}' is not replaced before a '{(char)rest[length]}'", $"write '${{{definition.Name}}}'");
    }

    private void Hint(int at, SourceSpan site, string message, string suggestion) => ReportUse(at, DiagnosticCatalogue.NotReplaced, site, message, suggestion);

    private void ReportUse(int at, DiagnosticKind kind, SourceSpan site, string message, string? suggestion = null)
    {
        if (IsSettled(at))
            _diagnostics?.ReportWritten(kind, site, message, suggestion, _builder.StepOf(at)?.IsOfRounds == true);
    }

    // What stands behind a brace will be looked at once more, as a line of its own; a sequence may have defined the name by then.
    private bool IsSettled(int at) => FindBrace(_builder.Bytes[..at]) < 0;

    // A brace here would not be one: it stands between double quotes, or behind one that has no partner.
    private bool IsQuoted(int at) => _builder.Bytes[..at].Count((byte)'"') % 2 != 0;
}
