using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Text;

// Definitions and what becomes of them (grammar 6).
internal sealed partial class LogicalReader
{
    // keepalived's buffer; a longer result is left as it is.
    private const int LongestResult = 1024;

    // Values that hold other names can be replaced for a long time without the line growing.
    private const int MostSubstitutions = 2048;

    // So many runs that must be moved cost about as much as a replacement itself.
    private const int RunsPerReplacement = 16;

    private readonly LineBuilder _builder;

    private int _searches;

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
        definition.Add(value);
        NoteHidingComment(definition);
        Define(definition);
        return true;
    }

    // The first line without a backslash at its end is the last one; one that is empty ends it too.
    private void Collect(TextSlice text)
    {
        Definition definition = _collecting!;
        bool goesOn = text.Bytes is [.., (byte)'\\'];
        AddLine(definition, text);
        if (goesOn && definition.Lines <= DefinitionTable.MostLines)
            return;
        _collecting = null;
        NoteHidingComment(definition);
        Define(definition);
    }

    // Before 2.4.0 a comment could stand on any line of a definition.
    private void NoteHidingComment(Definition definition)
    {
        if (!_isFromFile || _files.Peek().Lines.HidingComment is not { IsGiven: true } comment)
            return;
        Report(
            DiagnosticCatalogue.CommentEndsDefinition, comment, $"this comment ends the definition of '{definition.Name}'",
            "put comments in front of a definition or behind it");
    }

    private static void AddLine(Definition definition, TextSlice text)
    {
        if (text.Bytes is [.., (byte)'\\'])
            text = text.Slice(0, text.Length - 1).Trim();
        if (!text.IsEmpty)
            definition.Add(text);
    }

    private void Define(Definition definition)
    {
        if (!_definitions.TrySet(definition))
            Exhaust(definition.Span, "there are too many definitions, or they are too long");
    }

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
            if (!TryReference(at, out Reference reference))
            {
                Suspect(at);
                at++;
                continue;
            }
            SourceSpan site = _builder.SiteOf(at, reference.Length);
            _replacements += 1 + _builder.RunsBehind(at) / RunsPerReplacement;
            if (_replacements > MostReplacements)
            {
                Exhaust(site, $"definitions are used more than {MostReplacements} times");
                CutShort(site);
                return changed;
            }
            Definition? definition = _definitions.Find(reference.NameIn(_builder.Bytes));
            if (definition is null || reference.HasParameters)
            {
                if (ReplaceOther(at, reference, site, definition, out int skipped))
                    changed = true;
                else
                    at += skipped;
                continue;
            }
            if (definition.IsMultiLine && (isWithinSequence || at + reference.Length != _builder.Length))
            {
                Hint(at, site, $"'{definition.Name}' has several lines, and so is not replaced here", "make it the last word of the line");
                at += reference.Length;
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
            if (_builder.Length - reference.Length + value.Length > LongestResult)
            {
                ReportTooLong(at, site, definition.Name);
                return changed;
            }
            ExpansionStep step = new(ExpansionKind.Definition, definition.Name, site, within) { Definition = definition.IsGenerated ? null : definition };
            if (definition.IsGenerated)
                _builder.Replace(at, reference.Length, value.Bytes, definition.Span, step);
            else
                _builder.Replace(at, reference.Length, value, step);
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
    private bool ReplaceOther(int at, in Reference reference, SourceSpan site, Definition? definition, out int skipped)
    {
        skipped = reference.Length;
        string name = Encoding.ASCII.GetString(reference.NameIn(_builder.Bytes));
        string[] parameters = Encoding.ASCII.GetString(reference.ParametersIn(_builder.Bytes)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
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
            if (_builder.Length - reference.Length + bytes.Length > LongestResult)
            {
                ReportTooLong(at, site, name);
                return false;
            }
            ExpansionStep step = isSecret
                ? new(ExpansionKind.Environment, parameters[0], site, _builder.StepOf(at))
                : new(ExpansionKind.BuiltIn, name, site, _builder.StepOf(at));
            _builder.Replace(at, reference.Length, bytes, site, step);
            return true;
        }
        if (!IsSettled(at))
            return false;
        if (problem is null)
            skipped = NoteUndefined(at, reference, site, name);
        else if (reference.IsBraced && !IsQuoted(at))
            skipped = TakeBracesOff(at, reference, site, name);
        return false;
    }

    // Returns how many bytes stay.
    private int NoteUndefined(int at, in Reference reference, SourceSpan site, string name)
    {
        if (!reference.IsBraced || IsQuoted(at))
        {
            // Text for somebody else, such as a shell; unless it is nearly a name that there is.
            if (!IsQuoted(at) && NearestTo(name) is string meant)
                Hint(at, site, "there is no definition of this name up to here, so it is not replaced", $"did you mean '${meant}'?");
            return reference.Length;
        }
        string? near = NearestTo(name);
        ReportUse(
            at, DiagnosticCatalogue.UndefinedName, site, $"there is no definition of '{name}' up to here",
            near is null ? $"write '${name}=VALUE' on a line before it" : $"did you mean '${{{near}}}'?");
        return TakeBracesOff(at, reference, site, name);
    }

    // A text may use more names that nobody has defined than anybody wants to know of.
    private string? NearestTo(string name)
        => _diagnostics is { IsFull: false } && _searches++ < DiagnosticBag.Limit ? Spelling.Nearest(name, _definitions.Names) : null;

    // They would open and close a block, and give mistakes that nobody understands.
    private int TakeBracesOff(int at, in Reference reference, SourceSpan site, string name)
    {
        _builder.Replace(at, reference.Length, Encoding.ASCII.GetBytes("$" + name), site, _builder.StepOf(at));
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
            Report(kind, site, message, suggestion);
    }

    // What stands behind a brace will be looked at once more, as a line of its own; a sequence may have defined the name by then.
    private bool IsSettled(int at) => FindBrace(_builder.Bytes[..at]) < 0;

    // A brace here would not be one: it stands between double quotes, or behind one that has no partner.
    private bool IsQuoted(int at) => _builder.Bytes[..at].Count((byte)'"') % 2 != 0;

    // ${NAME} or ${NAME parameters}; or $NAME before a blank, a comma, a closing parenthesis or the end.
    private bool TryReference(int at, out Reference reference)
    {
        reference = default;
        ReadOnlySpan<byte> rest = _builder.Bytes[(at + 1)..];
        bool isBraced = rest is [(byte)'{', ..];
        if (isBraced)
            rest = rest[1..];
        int nameLength = NameLength(rest);
        if (nameLength == 0)
            return false;
        if (!isBraced)
        {
            reference = new Reference(at + 1, nameLength, 1 + nameLength, false, 0);
            return nameLength == rest.Length || Blank.Is(rest[nameLength]) || rest[nameLength] is (byte)',' or (byte)')';
        }
        int end = nameLength;
        while (end < rest.Length && (Blank.Is(rest[end]) || IsNameByte(rest[end])))
            end++;
        if (end == rest.Length || rest[end] != (byte)'}' || Blank.Is(rest[end - 1]))
            return false;
        reference = new Reference(at + 2, nameLength, end + 3, true, end - nameLength);
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

    /// <summary>The use of a name in a line.</summary>
    /// <param name="Length">Of all of it, from the $ on.</param>
    /// <param name="ParametersLength">Of what stands between the name and the closing brace.</param>
    private readonly record struct Reference(int NameStart, int NameLength, int Length, bool IsBraced, int ParametersLength)
    {
        public bool HasParameters => ParametersLength > 0;

        public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> line) => line.Slice(NameStart, NameLength);

        public ReadOnlySpan<byte> ParametersIn(ReadOnlySpan<byte> line) => line.Slice(NameStart + NameLength, ParametersLength);
    }
}
