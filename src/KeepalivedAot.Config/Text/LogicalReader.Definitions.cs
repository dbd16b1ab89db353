using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// Lines that define a name (grammar 6.1 and 6.3).
internal sealed partial class LogicalReader
{
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
}
