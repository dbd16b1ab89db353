using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Text;

// Definitions and what becomes of them (grammar 6).
internal sealed partial class LogicalReader
{
    // keepalived's buffer; a longer result is left as it is.
    private const int LongestResult = 1024;

    // A definition that leads back to itself does not come to an end by itself.
    private const int MostSubstitutions = 2048;

    private readonly LineBuilder _builder = new();

    // A multi-line definition whose lines are being read.
    private Definition? _collecting;

    // $NAME=VALUE, the name being letters, digits and underscores and not beginning with a digit.
    private bool TryDefine(TextSlice text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        int length = NameLength(bytes[1..]);
        if (length == 0 || 1 + length >= bytes.Length || bytes[1 + length] != (byte)'=')
            return false;
        TextSlice value = text.Slice(length + 2).Trim();
        Definition definition = new(Encoding.ASCII.GetString(bytes.Slice(1, length)), text.SpanOf(0, length + 1));
        if (value.Bytes is [.., (byte)'\\'])
        {
            definition.IsMultiLine = true;
            AddLine(definition, value);
            _collecting = definition;
            return true;
        }
        definition.Lines.Add(value);
        Define(definition);
        return true;
    }

    // The first line without a backslash at its end is the last one; one that is empty ends it too.
    private void Collect(TextSlice text)
    {
        Definition definition = _collecting!;
        bool goesOn = text.Bytes is [.., (byte)'\\'];
        AddLine(definition, text);
        if (goesOn)
            return;
        _collecting = null;
        Define(definition);
    }

    private static void AddLine(Definition definition, TextSlice text)
    {
        if (text.Bytes is [.., (byte)'\\'])
            text = text.Slice(0, text.Length - 1).Trim();
        if (!text.IsEmpty)
            definition.Lines.Add(text);
    }

    private void Define(Definition definition)
    {
        if (definition.IsMultiLine && definition.Lines.Count == 0)
            definition.Lines.Add(default);
        if (!_definitions.IsFull)
        {
            _definitions.Set(definition);
            return;
        }
        Exhaust(definition.Span, "there are too many definitions");
    }

    /// <summary>Replaces what stands for something else, and gives a line of an expansion the way it came.</summary>
    /// <returns>True when there was anything to replace.</returns>
    private bool Substitute(ref TextSlice text, ExpansionStep? step, bool mayHold, bool isWithinSequence = false)
    {
        _builder.Clear();
        _builder.Replace(0, 0, text, _sources, step);
        bool changed = mayHold && SubstituteAll(isWithinSequence);
        // Without its braces an undefined name is another text, though nothing was put in its place.
        if (changed || step is not null || _builder.Length != text.Length)
            text = _builder.ToSlice(_sources);
        return changed;
    }

    private bool SubstituteAll(bool isWithinSequence)
    {
        int done = 0;
        int at = 0;
        bool changed = false;
        while (true)
        {
            int found = _builder.Bytes[at..].IndexOf((byte)'$');
            if (found < 0)
                break;
            at += found;
            if (!TryReference(at, out int length, out string name, out string[] parameters, out bool isBraced))
            {
                at++;
                continue;
            }
            SourceSpan site = SiteOf(at, length);
            if (++done > MostSubstitutions)
            {
                Report(DiagnosticCatalogue.DefinitionLoop, site, $"the definition of '{name}' leads back to itself", "give it a value without its own name");
                return changed;
            }
            Definition? definition = _definitions.Find(Encoding.ASCII.GetBytes(name));
            if (definition is null || parameters.Length > 0)
            {
                if (ReplaceBuiltIn(at, length, name, parameters, isBraced, site, definition, out int skipped))
                    changed = true;
                else
                    at += skipped;
                continue;
            }
            if (definition.IsMultiLine && (isWithinSequence || at + length != _builder.Length))
            {
                at += length;
                continue;
            }
            TextSlice value = definition.Lines[0];
            if (_builder.Length - length + value.Length > LongestResult)
            {
                Report(DiagnosticCatalogue.ResultTooLong, site, $"with the value of '{name}' the line has more than {LongestResult} bytes; '{name}' stays as it is", "use a definition of several lines");
                break;
            }
            ExpansionStep step = new($"'${name}' is used here", site, _builder.StepOf(at));
            _builder.Replace(at, length, value, _sources, step);
            changed = true;
            if (definition.IsMultiLine)
                Push(new LinesFrame(definition, step), site);
            if (StartsWithTilde(value))
                break;
        }
        return changed;
    }

    private static bool StartsWithTilde(TextSlice value) => value.Trim().Bytes is [(byte)'~', ..];

    private bool ReplaceBuiltIn(
        int at, int length, string name, string[] parameters, bool isBraced, SourceSpan site, Definition? definition, out int skipped)
    {
        skipped = length;
        string? problem = definition is null ? null : $"'{name}' takes no parameters";
        string? value = definition is null ? _definitions.Evaluate(name, parameters, Directory, out problem) : null;
        if (problem is not null)
            Report(DiagnosticCatalogue.DefinitionParameters, site, problem);
        if (value is not null)
        {
            bool isSecret = name == "_ENV";
            ExpansionStep step = new(isSecret ? "a variable of the environment is used here" : $"'${{{name}}}' is used here", site, _builder.StepOf(at), isSecret);
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            if (_builder.Length - length + bytes.Length <= LongestResult)
            {
                _builder.Replace(at, length, bytes, site, step);
                return true;
            }
            Report(DiagnosticCatalogue.ResultTooLong, site, $"with the value of '{name}' the line has more than {LongestResult} bytes; '{name}' stays as it is");
            return false;
        }
        if (!isBraced || problem is not null)
            return false;
        // Its braces would open and close a block, and give mistakes that nobody understands.
        string? near = Spelling.Nearest(name, _definitions.Names);
        Report(
            DiagnosticCatalogue.UndefinedName, site, $"there is no definition of '{name}' up to here",
            near is null ? $"write '${name}=VALUE' on a line before it" : $"did you mean '${{{near}}}'?");
        _builder.Replace(at, length, Encoding.ASCII.GetBytes("$" + name), site, null);
        skipped = 1 + name.Length;
        return false;
    }

    // ${NAME} or ${NAME parameters}; or $NAME before a blank, a comma, a closing parenthesis or the end.
    private bool TryReference(int at, out int length, out string name, out string[] parameters, out bool isBraced)
    {
        ReadOnlySpan<byte> rest = _builder.Bytes[(at + 1)..];
        name = "";
        parameters = [];
        length = 0;
        isBraced = rest is [(byte)'{', ..];
        if (isBraced)
            rest = rest[1..];
        int nameLength = NameLength(rest);
        if (nameLength == 0)
            return false;
        name = Encoding.ASCII.GetString(rest[..nameLength]);
        if (!isBraced)
        {
            length = 1 + nameLength;
            return nameLength == rest.Length || Blank.Is(rest[nameLength]) || rest[nameLength] is (byte)',' or (byte)')';
        }
        int end = nameLength;
        while (end < rest.Length && (Blank.Is(rest[end]) || IsNameByte(rest[end])))
            end++;
        if (end == rest.Length || rest[end] != (byte)'}' || Blank.Is(rest[end - 1]))
            return false;
        parameters = Encoding.ASCII.GetString(rest[nameLength..end]).Split([' ', '\t', '\v', '\f'], StringSplitOptions.RemoveEmptyEntries);
        length = 2 + end + 1;
        return true;
    }

    private SourceSpan SiteOf(int at, int length)
    {
        SourceSpan first = _builder.OriginOf(at);
        SourceSpan last = _builder.OriginOf(at + length - 1);
        return last.Position == first.Position + length - 1 ? new SourceSpan(first.Position, length) : first;
    }

    private static int NameLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && IsNameByte(text[length]))
            length++;
        return length > 0 && char.IsAsciiDigit((char)text[0]) ? 0 : length;
    }

    private static bool IsNameByte(byte c) => char.IsAsciiLetterOrDigit((char)c) || c == (byte)'_';
}
