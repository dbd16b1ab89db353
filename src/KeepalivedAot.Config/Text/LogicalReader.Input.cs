using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// Where the next text comes from, and what becomes of it before it is cut at its braces (grammar 4 and 5).
internal sealed partial class LogicalReader
{
    // Enough for as many real servers as there is room for; a sequence of a billion rounds ends here.
    private const int MostGeneratedLines = 500_000;
    private const long MostGeneratedBytes = 64L << 20;

    // A mistake in every round of a sequence.
    private const int MostErrors = 10_000;

    // A warning in every round.
    private const int MostFindings = 100_000;

    // What follows a text that is too much is read for its mistakes, but not for ever.
    private const long MostBytesMore = 16L << 20;

    // Names that stand for little, or for nothing, cost time all the same.
    private const int MostReplacements = 1_000_000;

    private const int DeepestExpansion = 64;

    private readonly Stack<InputFrame> _expansions = new();
    private int _generatedLines;
    private long _generatedBytes;
    private int _replacements;
    private bool _isExhausted;
    private SourceSpan _endOfInput;

    // Of the line that the current text belongs to.
    private FileFrame? _lineFile;
    private int _indentation;
    private bool _hasOpenQuote;
    private bool _hasLoop;
    private bool _hasUndefined;
    private LineSecrecy _secrecy;

    // The current text is what was left behind a brace.
    private bool _isResidue;

    // The current text is a line of a file, or what is left of it, with nothing but words and braces.
    private bool _isPlain;

    // The current text, or the file in which it stands, is read more than once.
    private bool _isMultiplied;

    // The current text is the line of the file that was read last.
    private bool _isFromFile;

    /// <summary>A limit has ended the input before its end: there is more that nobody has seen.</summary>
    public bool IsCutShort { get; private set; }

    private bool TryNextText(out TextSlice text)
    {
        while (TryFetch(out text, out ExpansionStep? step))
        {
            if (_collecting is not null)
            {
                Collect(text);
                continue;
            }
            if (text.IsEmpty)
                continue;
            byte first = text.Bytes[0];
            if (first == (byte)'@')
            {
                text = Condition(text);
                if (text.IsEmpty)
                    continue;
                first = text.Bytes[0];
            }
            if (first == (byte)'$' && TryDefine(text))
                continue;
            if (first == (byte)'~' && (text.Bytes.StartsWith("~SEQ"u8) || text.Bytes.StartsWith("~LST"u8)))
            {
                BeginSequence(text, step);
                continue;
            }
            if (!_isPlain && (step is not null || (first != (byte)'~' && text.Bytes.Contains((byte)'$'))) && !TryExpand(ref text, step, first != (byte)'~'))
                continue;
            if (text.Bytes[0] == (byte)'i' && IsInclude(text.Bytes, out int length, out IncludeChecks added))
            {
                Include(text, length, added);
                continue;
            }
            if (text.Bytes[^1] == (byte)'\\')
            {
                Report(
                    DiagnosticCatalogue.TrailingBackslash, text.SpanOf(text.Length - 1, 1),
                    "a backslash continues a line within a definition only; here it belongs to the word before it");
            }
            return true;
        }
        return false;
    }

    // Gives the text of an expansion the way it came, and replaces what stands for something else. False when nothing is left.
    private bool TryExpand(ref TextSlice text, ExpansionStep? step, bool mayHold)
    {
        if (Substitute(ref text, step, mayHold))
        {
            // A second look for comments; what the first one said about quotes is not said again.
            text = LineReader.StripComment(text.Trim(), _hasOpenQuote ? null : _diagnostics, out bool hasOpenQuote);
            _hasOpenQuote |= hasOpenQuote;
            if (text.IsEmpty)
                return false;
        }
        _generatedBytes += text.Length;
        if (_generatedBytes <= MostGeneratedBytes)
            return true;
        if (_generatedBytes > MostGeneratedBytes + MostBytesMore)
            CutShort(text.Span);
        if (_isExhausted)
            return !IsCutShort;
        // What is left of the line would only make more of it.
        Exhaust(text.Span, $"definitions and sequences come to more than {MostGeneratedBytes >> 20} MiB");
        return false;
    }

    // What is left of a line, then expansions, the innermost first, then the lines of the file in which they began.
    private bool TryFetch(out TextSlice text, out ExpansionStep? step)
    {
        step = null;
        _isFromFile = false;
        _isResidue = !_residue.IsEmpty;
        if (_isResidue)
        {
            text = _residue;
            _residue = default;
            return true;
        }
        _isPlain = false;
        _secrecy = LineSecrecy.None;
        _hasLoop = false;
        _hasUndefined = false;
        while (_expansions.TryPeek(out InputFrame? frame))
        {
            if (!frame.TryNext(_definitions, out text))
            {
                _expansions.Pop();
                continue;
            }
            step = frame.Step;
            if (++_generatedLines > MostGeneratedLines)
            {
                Exhaust(step.Site, $"definitions and sequences come to more than {MostGeneratedLines} lines");
                continue;
            }
            if (_diagnostics?.Errors > MostErrors)
            {
                Exhaust(step.Site, $"there are more than {MostErrors} mistakes, and what definitions and sequences make is read no further");
                continue;
            }
            if (_diagnostics?.Findings > MostFindings)
            {
                Exhaust(step.Site, $"there are more than {MostFindings} findings, and what definitions and sequences make is read no further");
                continue;
            }
            if (_tally.IsExceeded)
            {
                EndWithExcess(step.Site);
                continue;
            }
            _isMultiplied = true;
            _lineFile = frame.File;
            _hasOpenQuote = false;
            return true;
        }
        step = null;
        while (_files.TryPeek(out FileFrame? file))
        {
            if (file.Lines.TryRead(out text, _collecting is not null))
            {
                if (_tally.IsExceeded)
                {
                    EndWithExcess(text.Span);
                    break;
                }
                _isMultiplied = file.IsRepeated;
                _lineFile = file;
                _isPlain = file.Lines.IsPlain;
                _isFromFile = true;
                _indentation = file.Lines.Indentation;
                _hasOpenQuote = file.Lines.HasOpenQuote;
                return true;
            }
            _endOfInput = file.Lines.EndOfFile;
            _files.Pop();
            Checks = file.Outer;
            if (!_isExhausted)
                OpenNext(file.Waiting, file.File.IncludedBy, file.Includer, file.Checks);
        }
        if (_collecting is not null)
        {
            Define(_collecting);
            _collecting = null;
        }
        _sources.EndExpansions();
        text = default;
        return false;
    }

    // @ID keeps the rest of the line for one configuration, @^ID for all others. Without a rest there is nothing to keep.
    private TextSlice Condition(TextSlice text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        int end = 1;
        while (end < bytes.Length && !Blank.Is(bytes[end]))
            end++;
        if (end == bytes.Length)
            return default;
        bool isNegated = bytes[1] == (byte)'^';
        string id = Encoding.UTF8.GetString(bytes[(isNegated ? 2 : 1)..end]);
        return (id == _source.ConfigId) != isNegated ? text.Slice(end).Trim() : default;
    }

    private void Push(InputFrame frame, ExpansionStep? within, Definition? definition, SourceSpan span)
    {
        if (_isExhausted)
            return;
        if (_expansions.Count < DeepestExpansion)
            _expansions.Push(frame);
        else if (definition is not null && within?.Uses(definition) == true)
            ReportLoop(definition, span);
        else
            Exhaust(span, $"definitions and sequences are nested more than {DeepestExpansion} deep");
    }

    private void ReportLoop(Definition definition, SourceSpan span)
    {
        _hasLoop = true;
        _expansions.Clear();
        Diagnostic? loop = Report(
            DiagnosticCatalogue.DefinitionLoop, span, $"the definition of '{definition.Name}' leads back to itself", "give it a value without its own name");
        if (loop is not null)
            _diagnostics!.Relate(loop, definition.Span, "defined here");
    }

    // Said once; what is left of the files is read, so that other mistakes are found.
    private void Exhaust(SourceSpan span, string problem)
    {
        _expansions.Clear();
        if (_isExhausted)
            return;
        _isExhausted = true;
        Report(DiagnosticCatalogue.LimitReached, span, problem);
    }

    // Nothing comes any more.
    private void CutShort(SourceSpan span)
    {
        IsCutShort = true;
        _endOfInput = span;
        _expansions.Clear();
        _files.Clear();
        _residue = default;
    }

    private Diagnostic? Report(DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null)
        => _diagnostics?.Report(kind, span, message, suggestion);
}
