using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Text;

// What becomes of names that are used (grammar 6.4): their definitions, or the values of built-in names, take their place.
internal sealed partial class LogicalReader
{
    // keepalived's buffer; a longer result is left as it is.
    private const int LongestResult = 1024;

    // Values that hold other names can be replaced for a long time without the line growing.
    private const int MostSubstitutions = 2048;

    // So many runs that must be moved cost about as much as a replacement itself.
    private const int RunsPerReplacement = 16;

    private readonly LineBuilder _builder;

    /// <summary>Replaces what stands for something else, and gives a line of an expansion the way it came.</summary>
    /// <returns>True when there was anything to replace.</returns>
    private bool Substitute(ref TextSlice text, ExpansionStep? step, bool mayHold, bool isWithinSequence = false)
    {
        _builder.Begin(text, step);
        bool changed = mayHold && !_hasLoop && SubstituteAll(step, isWithinSequence);
        // Without its braces an undefined name is another text, though nothing was put in its place.
        if (!changed && step is null && _builder.Length == text.Length)
            return false;
        text = _builder.ToSlice();
        if (text.Map is null)
            _tally.Add(_builder.Weight, _isMultiplied);
        if (_builder.HasSecret)
            _secrecy = text.Map is null ? LineSecrecy.Some : LineSecrecy.All;
        return changed;
    }

    private bool SubstituteAll(ExpansionStep? lineStep, bool isWithinSequence)
    {
        int done = 0;
        int at = 0;
        bool changed = false;
        while (true)
        {
            int found = _builder.Bytes[at..].IndexOf((byte)'$');
            if (found < 0)
                return changed;
            at += found;
            if (!TryReference(at, out NameUse use))
            {
                Suspect(at);
                at++;
                continue;
            }
            SourceSpan site = _builder.SiteOf(at, use.Length);
            _replacements += 1 + _builder.RunsBehind(at) / RunsPerReplacement;
            if (_replacements > MostReplacements)
            {
                Exhaust(site, $"definitions are used more than {MostReplacements} times");
                CutShort(site);
                return changed;
            }
            Definition? definition = _definitions.Find(use.NameIn(_builder.Bytes));
            if (definition is null || use.HasParameters)
            {
                if (ReplaceOther(at, use, site, definition, out int skipped))
                    changed = true;
                else
                    at += skipped;
                continue;
            }
            if (definition.IsMultiLine && (isWithinSequence || at + use.Length != _builder.Length))
            {
                Hint(at, site, $"'{definition.Name}' has several lines, and so is not replaced here", "make it the last word of the line");
                at += use.Length;
                continue;
            }
            ExpansionStep? within = _builder.StepOf(at);
            // Within one line nothing changes a definition: whatever is part of its own value stays that for ever.
            if (within?.Uses(definition, lineStep) == true || ++done > MostSubstitutions)
            {
                ReportLoop(definition, site);
                return changed;
            }
            TextSlice value = definition.First;
            if (_builder.Length - use.Length + value.Length > LongestResult)
            {
                ReportTooLong(at, site, definition.Name);
                return changed;
            }
            ExpansionStep step = new(ExpansionKind.Definition, definition.Name, site, within) { Definition = definition.IsGenerated ? null : definition };
            if (definition.IsGenerated)
                _builder.Replace(at, use.Length, value.Bytes, definition.Span, step);
            else
                _builder.Replace(at, use.Length, value, step);
            changed = true;
            if (definition.IsMultiLine)
                Push(new LinesFrame(definition, step, _lineFile!), within, definition, site);
            if (_hasLoop || value.Trim().Bytes is [(byte)'~', ..])
                return changed;
        }
    }

    private void ReportTooLong(int at, SourceSpan site, string name)
        => ReportUse(
            at, DiagnosticCatalogue.ResultTooLong, site, $"with the value of '{name}' the line has more than {LongestResult} bytes; '{name}' stays as it is",
            "use a definition of several lines");

    // A built-in name, or none at all.
    private bool ReplaceOther(int at, in NameUse use, SourceSpan site, Definition? definition, out int skipped)
    {
        skipped = use.Length;
        string name = Encoding.ASCII.GetString(use.NameIn(_builder.Bytes));
        string[] parameters = Encoding.ASCII.GetString(use.ParametersIn(_builder.Bytes)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string? problem = definition is null ? null : $"'{name}' takes no parameters";
        string? value = definition is null ? _definitions.Evaluate(name, parameters, Directory, out problem) : null;
        if (problem is not null)
            ReportUse(at, DiagnosticCatalogue.DefinitionParameters, site, problem);
        if (value is not null)
        {
            bool isSecret = name == "_ENV";
            if (isSecret)
                _sources.Hide(value);
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            if (_builder.Length - use.Length + bytes.Length > LongestResult)
            {
                ReportTooLong(at, site, name);
                return false;
            }
            ExpansionStep step = isSecret
                ? new(ExpansionKind.Environment, parameters[0], site, _builder.StepOf(at))
                : new(ExpansionKind.BuiltIn, name, site, _builder.StepOf(at));
            _builder.Replace(at, use.Length, bytes, site, step);
            return true;
        }
        if (!IsSettled(at))
            return false;
        if (problem is null)
            skipped = NoteUndefined(at, use, site, name);
        else if (use.IsBraced && !IsQuoted(at))
            skipped = TakeBracesOff(at, use, site, name);
        return false;
    }

    // ${NAME} or ${NAME parameters}; or $NAME before a blank, a comma, a closing parenthesis or the end.
    private bool TryReference(int at, out NameUse use)
    {
        use = default;
        ReadOnlySpan<byte> rest = _builder.Bytes[(at + 1)..];
        bool isBraced = rest is [(byte)'{', ..];
        if (isBraced)
            rest = rest[1..];
        int nameLength = NameLength(rest);
        if (nameLength == 0)
            return false;
        if (!isBraced)
        {
            use = new NameUse(at + 1, nameLength, 1 + nameLength, false, 0);
            return nameLength == rest.Length || Blank.Is(rest[nameLength]) || rest[nameLength] is (byte)',' or (byte)')';
        }
        int end = nameLength;
        while (end < rest.Length && (Blank.Is(rest[end]) || IsNameByte(rest[end])))
            end++;
        if (end == rest.Length || rest[end] != (byte)'}' || Blank.Is(rest[end - 1]))
            return false;
        use = new NameUse(at + 2, nameLength, end + 3, true, end - nameLength);
        return true;
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
