using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>Lays the lines of a file out anew, one after the other.</summary>
/// <remarks>A line of words waits for the next one, which may be the <c>{</c> that belongs behind it.</remarks>
internal sealed class Layout(byte[] content, LayoutText text)
{
    private const int DeepestNesting = 4096;

    private readonly ConditionalRun _run = new();
    private readonly List<PhysicalLine> _behindHeader = [];
    private readonly byte[] _header = new byte[2 * LineReader.LongestLine];
    private int _headerLength;
    private PhysicalLine _headerLine;
    private bool _headerHasComment;

    // Where each block that is open began.
    private readonly List<int> _open = [];

    /// <summary>Where a <c>{</c> stands that nothing closes, or a <c>}</c> that closes nothing; -1 when there is none.</summary>
    public int UnbalancedAt { get; private set; } = -1;

    /// <summary>The unbalanced one is a <c>}</c>.</summary>
    public bool IsExtraCloser { get; private set; }

    /// <summary>Braces may come from elsewhere too, so that those of this file need not be balanced.</summary>
    public bool HasForeignBraces { get; private set; }

    /// <summary>Nobody's configuration is like that, and there is no end to what it would take.</summary>
    public bool IsTooDeep => _open.Count > DeepestNesting;

    private int Level => _open.Count;

    public void Run()
    {
        PhysicalLexer lexer = new(content);
        while (!text.IsFull && !IsTooDeep && lexer.TryRead(out PhysicalLine line))
        {
            switch (line.Kind)
            {
                case PhysicalLineKind.Empty or PhysicalLineKind.Comment when _headerLength > 0:
                    _behindHeader.Add(line);
                    break;
                case PhysicalLineKind.Empty or PhysicalLineKind.Comment:
                    AddBetween(line);
                    break;
                case PhysicalLineKind.Words:
                    EndRun();
                    AddWords(line);
                    break;
                case PhysicalLineKind.Fixed:
                    FlushHeader();
                    AddFixed(line);
                    break;
                case PhysicalLineKind.Verbatim:
                    HasForeignBraces |= Bytes(line.Start, line.End).ContainsAny("{}"u8);
                    text.AddVerbatim(Bytes(line.Start, line.End), line.Number);
                    break;
            }
        }
        FlushHeader();
        EndRun();
        if (UnbalancedAt < 0 && _open.Count > 0)
            UnbalancedAt = _open[0];
    }

    private ReadOnlySpan<byte> Bytes(int start, int end) => content.AsSpan(start, end - start);

    private void AddBetween(PhysicalLine line)
    {
        if (line.Kind == PhysicalLineKind.Empty)
            text.AddEmpty(line.Number);
        else
            text.Add(Level + _run.Balance, [], Bytes(line.CommentStart, line.End), line.Number);
    }

    private void AddWords(PhysicalLine line)
    {
        ReadOnlySpan<byte> code = Bytes(line.Start, line.CodeEnd);
        int at = 0;
        while (true)
        {
            Range token = LineText.NextToken(code, at);
            int start = token.Start.Value;
            if (start == code.Length)
                return;
            at = token.End.Value;
            bool isLast = LineText.NextToken(code, at).Start.Value == code.Length;
            switch (code[start])
            {
                case (byte)'{':
                    Open(line, line.Start + start, isLast && line.HasComment);
                    break;
                case (byte)'}':
                    Close(line, line.Start + start, isLast && line.HasComment);
                    break;
                default:
                    at = BeginHeader(line, code, start);
                    break;
            }
        }
    }

    // Words up to a brace or the end of the line; one blank where there were some.
    private int BeginHeader(PhysicalLine line, ReadOnlySpan<byte> code, int start)
    {
        FlushHeader();
        int at = start;
        while (true)
        {
            Range token = LineText.NextToken(code, at);
            ReadOnlySpan<byte> word = code[token];
            if (word.IsEmpty || word[0] is (byte)'{' or (byte)'}')
            {
                _headerLine = line;
                _headerHasComment = word.IsEmpty && line.HasComment;
                return at;
            }
            if (_headerLength > 0 && token.Start.Value > at)
                _header[_headerLength++] = (byte)' ';
            word.CopyTo(_header.AsSpan(_headerLength));
            _headerLength += word.Length;
            at = token.End.Value;
        }
    }

    private void Open(PhysicalLine line, int at, bool hasComment)
    {
        ReadOnlySpan<byte> comment = hasComment ? Bytes(line.CommentStart, line.End) : [];
        bool isJoined = _headerLength > 0 && _headerLength + " {"u8.Length <= LineReader.LongestLine;
        if (!isJoined)
        {
            FlushHeader();
            text.Add(Level, "{"u8, comment, line.Number);
            _open.Add(at);
            return;
        }
        " {"u8.CopyTo(_header.AsSpan(_headerLength));
        bool takesComment = !_headerHasComment && !_behindHeader.Exists(static l => l.Kind == PhysicalLineKind.Comment);
        text.Add(Level, _header.AsSpan(0, _headerLength + " {"u8.Length), takesComment ? comment : HeaderComment, _headerLine.Number);
        _headerLength = 0;
        _open.Add(at);
        foreach (PhysicalLine between in _behindHeader.Where(static l => l.Kind == PhysicalLineKind.Comment))
            AddBetween(between);
        _behindHeader.Clear();
        if (hasComment && !takesComment)
            text.Add(Level, [], comment, line.Number);
    }

    private void Close(PhysicalLine line, int at, bool hasComment)
    {
        FlushHeader();
        if (_open.Count > 0)
        {
            _open.RemoveAt(_open.Count - 1);
        }
        else if (UnbalancedAt < 0)
        {
            UnbalancedAt = at;
            IsExtraCloser = true;
        }
        text.Add(Level, "}"u8, hasComment ? Bytes(line.CommentStart, line.End) : [], line.Number);
    }

    private ReadOnlySpan<byte> HeaderComment => _headerHasComment ? Bytes(_headerLine.CommentStart, _headerLine.End) : [];

    private void FlushHeader()
    {
        if (_headerLength == 0)
            return;
        text.Add(Level, _header.AsSpan(0, _headerLength), HeaderComment, _headerLine.Number);
        _headerLength = 0;
        foreach (PhysicalLine line in _behindHeader)
            AddBetween(line);
        _behindHeader.Clear();
    }

    private void AddFixed(PhysicalLine line)
    {
        ReadOnlySpan<byte> code = Bytes(line.Start, line.CodeEnd);
        ReadOnlySpan<byte> whole = Bytes(line.Start, line.End);
        if (code[0] == (byte)'@')
        {
            int end = code.IndexOfAny(" \t\v\f\r"u8);
            ReadOnlySpan<byte> condition = end < 0 ? code : code[..end];
            ReadOnlySpan<byte> rest = end < 0 ? [] : code[end..];
            int balance = LineText.BraceBalance(rest);
            HasForeignBraces |= rest.ContainsAny("{}"u8);
            int level = _run.Add(condition, balance, Level);
            text.Add(level - LineText.LeadingClosers(rest), whole, [], line.Number);
            return;
        }
        EndRun();
        if (LineText.IsInclude(code) || LineText.IsDefinition(code))
        {
            HasForeignBraces |= LineText.IsInclude(code) || code.ContainsAny("{}"u8) || code[^1] == (byte)'\\';
            text.Add(Level, whole, [], line.Number);
            return;
        }
        HasForeignBraces |= code[0] is (byte)'~' or (byte)'$';
        text.Add(Level - LineText.LeadingClosers(code), whole, [], line.Number);
        Shift(LineText.BraceBalance(code), line.Start);
    }

    private void EndRun()
    {
        int balance = _run.Balance;
        _run.End();
        Shift(balance, 0);
    }

    // Braces of lines that stay as they are.
    private void Shift(int balance, int at)
    {
        for (; balance > 0; balance--)
            _open.Add(at);
        int closed = Math.Min(-balance, _open.Count);
        if (balance < 0)
        {
            _open.RemoveRange(_open.Count - closed, closed);
            if (closed < -balance && UnbalancedAt < 0)
                (UnbalancedAt, IsExtraCloser) = (at, true);
        }
    }
}
