using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// Where the next text comes from, and what becomes of it before it is cut at its braces (grammar 4 and 5).
internal sealed partial class LogicalReader
{
    // Enough for a hundred thousand real servers; a sequence of a billion rounds ends here.
    private const int MostGeneratedLines = 1_000_000;

    private const int DeepestExpansion = 64;

    private const int LinesBetweenWeighings = 1024;

    private readonly Stack<InputFrame> _expansions = new();
    private int _generated;
    private bool _isExhausted;
    private SourceSpan _endOfInput;

    private int _indentation;
    private bool _hasOpenQuote;

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
            bool isSequence = first == (byte)'~' && (text.Bytes.StartsWith("~SEQ"u8) || text.Bytes.StartsWith("~LST"u8));
            if (isSequence && !_isExhausted)
            {
                BeginSequence(text);
                continue;
            }
            bool mayHold = first != (byte)'~' && text.Bytes.Contains((byte)'$');
            _residueIsExpanded = step is not null || mayHold;
            if (_residueIsExpanded && Substitute(ref text, step, mayHold))
            {
                text = CurrentLines.StripComment(text).Trim();
                _hasOpenQuote = CurrentLines.HasOpenQuote;
                if (text.IsEmpty)
                    continue;
            }
            if (text.Bytes[0] == (byte)'i' && IsInclude(text.Bytes, out int length, out IncludeChecks added))
            {
                Include(text, length, added);
                continue;
            }
            if (text.Bytes[^1] == (byte)'\\')
            {
                Report(
                    DiagnosticCatalogue.TrailingBackslash, text.SpanOf(text.Length - 1, 1),
                    "a backslash continues a line within a definition only; here it is a word");
            }
            return true;
        }
        return false;
    }

    // Expansions come before the lines of the file in which they began.
    private bool TryFetch(out TextSlice text, out ExpansionStep? step)
    {
        while (_expansions.TryPeek(out InputFrame? frame))
        {
            if (frame.TryNext(_definitions, out text))
            {
                step = frame.Step;
                if (++_generated % LinesBetweenWeighings == 0 && IsTooHeavy())
                    Exhaust(step.Site, $"what definitions and sequences make takes more than {_source.MostMemory >> 20} MiB of memory");
                else if (_generated > MostGeneratedLines)
                    Exhaust(step.Site, $"definitions and sequences come to more than {MostGeneratedLines} lines");
                else
                    return true;
                continue;
            }
            _expansions.Pop();
        }
        step = null;
        while (_files.TryPeek(out FileFrame? file))
        {
            if (file.Lines.TryRead(out text, _collecting is not null))
            {
                _indentation = file.Lines.Indentation;
                _hasOpenQuote = file.Lines.HasOpenQuote;
                return true;
            }
            _endOfInput = file.Lines.EndOfFile;
            _lastLines = file.Lines;
            _files.Pop();
            Checks = file.Outer;
            if (!_isExhausted)
                OpenNext(file.Waiting, file.IncludedBy, file.Checks, file.Outer);
        }
        if (_collecting is not null)
        {
            Define(_collecting);
            _collecting = null;
        }
        text = default;
        return false;
    }

    private LineReader CurrentLines => _files.TryPeek(out FileFrame? file) ? file.Lines : _lastLines!;

    private LineReader? _lastLines;

    // @ID keeps the rest of the line for one configuration, @^ID for all others. Without a rest there is nothing to keep.
    private TextSlice Condition(TextSlice text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        int end = 1;
        while (end < bytes.Length && !Blank.Is(bytes[end]))
            end++;
        if (end == bytes.Length)
            return default;
        bool isNegated = bytes.Length > 1 && bytes[1] == (byte)'^';
        string id = Encoding.UTF8.GetString(bytes[(isNegated ? 2 : 1)..end]);
        return (id == _source.ConfigId) != isNegated ? text.Slice(end).Trim() : default;
    }

    private void Push(InputFrame frame, SourceSpan span)
    {
        if (_isExhausted)
            return;
        if (_expansions.Count >= DeepestExpansion)
            Exhaust(span, $"definitions and sequences are nested more than {DeepestExpansion} deep");
        else
            _expansions.Push(frame);
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

    // What is only waiting to be collected does not count.
    private bool IsTooHeavy() => GC.GetTotalMemory(false) > _source.MostMemory && GC.GetTotalMemory(true) > _source.MostMemory;

    private ExpansionStep? StepOf(TextSlice text) => text.IsEmpty ? null : _sources.Resolve(text.SpanOf(0, 1)).Step;

    private Diagnostic? Report(DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null)
        => _diagnostics?.Report(kind, span, message, suggestion);
}
