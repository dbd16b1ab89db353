using System.Buffers;
using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;
using SourceSpan = KeepalivedAot.Config.Text.SourceSpan;

namespace KeepalivedAot.Config.Toml;

/// <summary>From the text of a TOML file to its entries, each with its place. The only file that knows the library.</summary>
/// <remarks>Only the library's syntax tree is used: no binding to objects, so nothing needs reflection.</remarks>
internal sealed class TomlReader
{
    /// <summary>The library goes one call deeper for each bracket, and gives up at 64 with an exception.</summary>
    private const int DeepestNesting = 32;

    private const int Stride = 1024;

    private static readonly SearchValues<byte> Brackets = SearchValues.Create("[]{}"u8);

    private readonly List<TomlEntry> _entries = [];
    private readonly HashSet<int> _wrongLines = [];
    private readonly SourceFile _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly int _bom;
    private readonly string _text;

    // Of every so many UTF-16 code units, in which the library counts: how many bytes stand in front of them.
    private readonly List<int> _bytesBefore = [];

    private TomlReader(SourceFile file, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
        _bom = file.Content.AsSpan().StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        _text = Encoding.UTF8.GetString(file.Content.AsSpan(_bom));
        int bytes = _bom;
        for (int at = 0; at < _text.Length; at += Stride)
        {
            _bytesBefore.Add(bytes);
            bytes += Encoding.UTF8.GetByteCount(_text.AsSpan(at, Math.Min(Stride, _text.Length - at)));
        }
    }

    /// <summary>All entries in the order of the text. What is no TOML is reported and left out.</summary>
    public static IReadOnlyList<TomlEntry> Read(SourceFile file, DiagnosticBag diagnostics)
    {
        if (!IsText(file, diagnostics) || !IsFlatEnough(file, diagnostics))
            return [];
        TomlReader reader = new(file, diagnostics);
        reader.Read();
        return reader._entries;
    }

    private static bool IsText(SourceFile file, DiagnosticBag diagnostics)
    {
        ReadOnlySpan<byte> content = file.Content;
        int at = 0;
        while (at < content.Length && Rune.DecodeFromUtf8(content[at..], out _, out int consumed) == OperationStatus.Done && content[at] != 0)
            at += consumed;
        if (at == content.Length)
            return true;
        diagnostics.Report(
            DiagnosticCatalogue.TomlEncoding, new SourceSpan(file.Start + at, 1),
            content[at] == 0 ? "there is a NUL byte in the file" : "this byte is no UTF-8", "save the file as UTF-8");
        return false;
    }

    // Brackets in texts and comments count too: nobody has that many of them there.
    private static bool IsFlatEnough(SourceFile file, DiagnosticBag diagnostics)
    {
        ReadOnlySpan<byte> content = file.Content;
        int depth = 0;
        for (int at = 0; content[at..].IndexOfAny(Brackets) is >= 0 and int next; at++)
        {
            at += next;
            depth = content[at] is (byte)'[' or (byte)'{' ? depth + 1 : Math.Max(0, depth - 1);
            if (depth <= DeepestNesting)
                continue;
            diagnostics.Report(
                DiagnosticCatalogue.TomlTooDeep, new SourceSpan(file.Start + at, 1), $"this bracket is more than {DeepestNesting} levels deep");
            return false;
        }
        return true;
    }

    private void Read()
    {
        DocumentSyntax document = SyntaxParser.Parse(_text, _file.Path, validate: false);
        ReportMistakes(document.Diagnostics);
        foreach (KeyValueSyntax pair in document.KeyValues)
            Add([], pair.Key, pair.Value);
        foreach (TableSyntaxBase table in document.Tables)
        {
            if (table.Name is not { } name)
                continue;
            TomlKind kind = table is TableArraySyntax ? TomlKind.TableArray : TomlKind.Table;
            List<TomlKey> path = PathOf([], name);
            if (path.Count == 0)
                continue;
            _entries.Add(new TomlEntry(path, kind, 0, SpanOf(name)));
            foreach (KeyValueSyntax pair in table.Items)
                Add(path, pair.Key, pair.Value);
        }
    }

    // One mistake makes the library stumble several times on its line, and where a line ends too soon on the next one too.
    private void ReportMistakes(DiagnosticsBag mistakes)
    {
        foreach (DiagnosticMessage mistake in mistakes.OrderBy(static m => m.Span.Start.Offset))
        {
            int line = mistake.Span.Start.Line;
            if (!_wrongLines.Add(line))
                continue;
            if (ByteOf(mistake.Span.Start.Offset) < _file.Content.Length && _file.Content[ByteOf(mistake.Span.Start.Offset)] is (byte)'\n' or (byte)'\r')
                _wrongLines.Add(line + 1);
            (string message, string? help) = TomlMistake.Of(mistake.Message);
            _diagnostics.Report(DiagnosticCatalogue.TomlSyntax, SpanOf(mistake.Span.Start.Offset, mistake.Span.End.Offset), message, help);
        }
    }

    private void Add(List<TomlKey> table, KeySyntax? key, ValueSyntax? value)
    {
        // One of them is missing where the text is wrong, and that has been said.
        if (key is null || value is null)
            return;
        List<TomlKey> path = PathOf(table, key);
        if (path.Count == table.Count || _wrongLines.Contains(key.Span.Start.Line))
            return;
        switch (value)
        {
            case InlineTableSyntax inline:
                _entries.Add(new TomlEntry(path, TomlKind.Table, 0, SpanOf(value)));
                foreach (InlineTableItemSyntax item in inline.Items)
                    Add(path, item.KeyValue?.Key, item.KeyValue?.Value);
                break;
            case BooleanValueSyntax flag:
                _entries.Add(new TomlEntry(path, TomlKind.Boolean, flag.Value ? 1 : 0, SpanOf(value)));
                break;
            case IntegerValueSyntax number:
                _entries.Add(new TomlEntry(path, TomlKind.Integer, number.Value, SpanOf(value)));
                break;
            case StringValueSyntax text:
                _entries.Add(new TomlEntry(path, TomlKind.Text, 0, SpanOf(value), text.Value ?? ""));
                break;
            default:
                _entries.Add(new TomlEntry(path, KindOf(value), 0, SpanOf(value)));
                break;
        }
    }

    private List<TomlKey> PathOf(List<TomlKey> table, KeySyntax key)
    {
        List<TomlKey> path = [.. table];
        Append(key.Key);
        foreach (DottedKeyItemSyntax part in key.DotKeys)
        {
            if (path.Count > DeepestNesting)
                break;
            Append(part.Key);
        }
        return path;

        void Append(BareKeyOrStringValueSyntax? part)
        {
            string? name = part switch
            {
                BareKeySyntax bare => bare.Key?.Text,
                StringValueSyntax quoted => quoted.Value,
                _ => null,
            };
            if (name is not null)
                path.Add(new TomlKey(name.Trim(), SpanOf(part!)));
        }
    }

    private static TomlKind KindOf(ValueSyntax value) => value switch
    {
        FloatValueSyntax => TomlKind.Float,
        ArraySyntax => TomlKind.Array,
        DateTimeValueSyntax => TomlKind.Date,
        _ => TomlKind.Text,
    };

    private SourceSpan SpanOf(SyntaxNode node) => SpanOf(node.Span.Start.Offset, node.Span.End.Offset);

    // The library's end is the last character and not the one behind it, and may lie behind the file.
    private SourceSpan SpanOf(int first, int last)
    {
        int start = ByteOf(first);
        return new SourceSpan(_file.Start + start, Math.Max(1, ByteOf(last + 1) - start));
    }

    private int ByteOf(int offset)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        int block = Math.Min(offset / Stride, _bytesBefore.Count - 1);
        return block < 0 ? _bom : _bytesBefore[block] + Encoding.UTF8.GetByteCount(_text.AsSpan(block * Stride, offset - block * Stride));
    }
}
