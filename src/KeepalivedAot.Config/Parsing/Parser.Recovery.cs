using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// One mistake should give one message. Whether a brace is missing, or one too many, is told by counting those of the whole file;
// which one it is, by words that only an enclosing block knows and by how lines are indented.
internal sealed partial class Parser
{
    // A block whose closing brace stood where that of an outer block would: probably it was that one's.
    private OpenBlock? _suspect;

    // The keyword that a misspelt one is taken for, whose block is being read.
    private string? _meant;

    /// <summary>What is read belongs to a misspelt keyword: its mistakes are looked for, and nothing may come of it.</summary>
    public bool IsIgnored => _meant is not null;

    /// <summary>How many closing braces the file lacks, as far as it has been read; negative: how many are too many.</summary>
    private int BracesMissing => _open.Count - 1 + _allStrayBraces + reader.BracesLeftOpenByRest;

    /// <summary>The line is none of the innermost block's, but one of a block around it, and a closing brace is missing.</summary>
    /// <param name="depth">How many braces are open in a block that is skipped.</param>
    private bool IsForEnclosingBlock(LogicalLine line, int depth = 1)
    {
        OpenBlock innermost = _open.Peek();
        Word first = line.Words[0];
        if (first.IsQuoted || !line.IsFirstOnLine)
            return false;
        // What a skipped block may hold is not known; only a line that stands further out leaves it.
        bool isSkipped = innermost.Block is null;
        if (isSkipped && line.Indentation > innermost.Indentation)
            return false;
        bool isOuter = false;
        foreach (OpenBlock outer in _open)
        {
            if (isOuter && outer.Block?.FindWord(first.Text) >= 0)
                return BracesMissing + depth - 1 > 0;
            isOuter = true;
        }
        return false;
    }

    private void ReportMissingClosingBrace(SourceSpan noticed)
    {
        OpenBlock open = _suspect ?? _open.Peek();
        _suspect = null;
        // Perhaps it stands in what has not been read.
        if (reader.IsCutShort)
            return;
        Diagnostic missing = diagnostics.Report(
            DiagnosticCatalogue.MissingClosingBrace, open.Header, $"'{open.Word}' is never closed: '}}' is missing");
        diagnostics.Relate(missing, noticed, "noticed here");
    }

    private void NoteClosing(LogicalLine brace)
    {
        OpenBlock closed = _open.Peek();
        if (_suspect is not null || !brace.IsFirstOnLine || brace.Indentation >= closed.Indentation)
            return;
        foreach (OpenBlock outer in _open)
        {
            if (outer.Indentation == brace.Indentation)
                _suspect = closed;
        }
    }

    // The brace closes the block although its content goes on behind it, and the file has one brace too many.
    private bool IsExtraBrace(IConfigBlock block)
    {
        LogicalLine next = reader.Peek();
        if (next.Kind != LogicalLineKind.Words || block.FindWord(next.Words[0].Text) < 0)
            return false;
        IConfigBlock? parent = _open.Skip(1).First().Block;
        if (parent?.FindWord(next.Words[0].Text) >= 0)
            return false;
        return BracesMissing - 1 < 0;
    }

    private void ReportExtraBrace(LogicalLine brace)
        => diagnostics.Report(DiagnosticCatalogue.UnexpectedClosingBrace, brace.Span, "this '}' closes nothing", "take it out, or write the '{' that belongs to it");

    private void ReportStrayBrace(LogicalLine brace)
    {
        diagnostics.Report(DiagnosticCatalogue.UnexpectedOpeningBrace, brace.Span, "no block begins here", "leave it out, or put a value with a brace in it in double quotes");
        if (BracesMissing >= 0)
            return;
        // It has a partner, which must not close the block around it.
        _strayBraces++;
        _allStrayBraces++;
    }

    // The line is content of the block that the current keyword would open, had its brace not been forgotten.
    private bool IsBlockWithoutBrace(LogicalLine next)
        => next.Kind == LogicalLineKind.Words && next.IsFirstOnLine
            && next.Indentation > reader.Current.Indentation
            && _open.Peek().Block?.FindWord(next.Words[0].Text) < 0 && BracesMissing < 0;

    /// <summary>Says that the block has no such word.</summary>
    /// <returns>The word of the block that is meant; null when nothing is near enough.</returns>
    private string? ReportUnknown(IConfigBlock block, Word first)
    {
        string word = first.ToString();
        BlockSchema schema = block.Schema;
        string where = schema.IsRoot ? "at top level" : $"in '{schema.Word}'";
        if (ReportEqualsSign(first, schema, where, out string? meant))
            return meant;
        string? suggestion = diagnostics.IsFull ? null : SuggestFor(word, schema, out meant);
        // That a word of some other block is somewhat like it makes no keyword of it.
        bool isKnown = suggestion is not null && (!schema.HasSecrets || WordIndex.HomesOf(word).Count > 0 || NearestOf(word, schema) is not null);
        if (_isSecretExpected || (schema.HasSecrets && !isKnown))
        {
            // Perhaps a password that slipped onto a line of its own.
            MarkSecret(first.Span);
            diagnostics.Report(DiagnosticCatalogue.UnknownKeyword, first.Span, $"unknown keyword {where}");
            return null;
        }
        if (schema.HasSecrets)
        {
            MarkSecret(new SourceSpan(first.Span.End, 0));
            _isSecretExpected = !HasNext;
        }
        diagnostics.Report(DiagnosticCatalogue.UnknownKeyword, first.Span, $"unknown keyword '{word}' {where}", suggestion);
        return meant;
    }

    // auth_pass=x, as other programs have it.
    private bool ReportEqualsSign(Word first, BlockSchema schema, string where, out string? meant)
    {
        meant = null;
        int at = first.Text.IndexOf((byte)'=');
        if (at <= 0 || schema.Find(first.Text[..at]) is not { } keyword)
            return false;
        meant = keyword.Word;
        if (schema.HasSecrets && first.Text.Length > at + 1)
            MarkSecret(new SourceSpan(first.Span.Position + at + 1, first.Span.Length - at - 1));
        bool isShown = !schema.HasSecrets && first.Text.Length > at + 1;
        diagnostics.Report(
            DiagnosticCatalogue.UnknownKeyword, first.Span, $"unknown keyword '{keyword.Word}={(isShown ? ByteText.Decode(first.Text[(at + 1)..]) : "")}' {where}",
            isShown ? $"leave the '=' out: '{keyword.Word} {ByteText.Decode(first.Text[(at + 1)..])}'" : $"write a blank in place of the '='");
        return true;
    }

    // Of a block that is skipped nobody knows the words, and the secrets neither.
    private void MarkSkipped(ReadOnlySpan<Word> words)
    {
        if (words.Length < 2)
            return;
        string first = words[0].ToString();
        // To find out what is nearly such a word takes time, and what comes when there is no more room for findings is not shown.
        if (WordIndex.Secrets.Contains(first) || (!diagnostics.IsFull && SecretMask.IsLikeThatOfASecret(first)))
            diagnostics.Sources.HideSecret(words[^1]);
    }

    // $NAME = VALUE, NAME=VALUE and the like, which define nothing.
    private void NoteLostValues(ReadOnlySpan<Word> words)
    {
        ReadOnlySpan<byte> first = words[0].Text;
        int equals = first.IndexOf((byte)'=');
        bool isDefinition = first.StartsWith("$"u8) || equals >= 0 || (words.Length > 1 && words[1].Text.StartsWith("="u8));
        string name = isDefinition ? SourceMap.NameIn(first) : "";
        if (name.Length == 0)
            return;
        if (equals >= 0)
            diagnostics.Sources.NoteLost(name, new SourceSpan(words[0].Span.Position + equals + 1, Math.Max(words[0].Span.Length - equals - 1, 0)), first[(equals + 1)..]);
        foreach (Word word in words[1..])
        {
            int sign = word.Text.StartsWith("="u8) ? 1 : 0;
            if (word.Text.Length > sign)
                diagnostics.Sources.NoteLost(name, new SourceSpan(word.Span.Position + sign, Math.Max(word.Span.Length - sign, 0)), word.Text[sign..]);
        }
    }

    private static string? NearestOf(string word, BlockSchema here)
        => Spelling.Nearest(word, here.Words.Where(static w => !w.IsPositional).Select(static w => w.Word));

    // A misspelt keyword is one mistake: what it says is not missing, and its block is read as that of the word that is meant, for its
    // mistakes only. keepalived ignores it, and so does the daemon: nothing of it is kept, and nothing in it is fatal.
    private void PassUnknown(IConfigBlock block, Word first)
    {
        MarkSkipped(Words[_keyword..]);
        NoteLostValues(Words[_keyword..]);
        string? meant = ReportUnknown(block, first);
        int number = meant is null ? -1 : block.FindWord(Encoding.UTF8.GetBytes(meant));
        if (number >= 0)
            block.NoteMistake(number, Said.Error);
        WordKind? kind = number < 0 ? null : block.Schema.Words.First(w => w.Word == meant).Kind;
        if (kind is not (WordKind.Block or WordKind.Lines or WordKind.Names) || reader.Peek().Kind != LogicalLineKind.OpeningBrace)
        {
            SkipBlock();
            return;
        }
        string? outer = _meant;
        _meant = meant;
        diagnostics.EnterIgnored();
        configuration.Trackers.IsClosed = true;
        _isLineOpen = true;
        _isSecretExpected = false;
        block.MakeAnother().Accept(number, this);
        _isLineOpen = false;
        _meant = outer;
        configuration.Trackers.IsClosed = IsIgnored;
        diagnostics.LeaveIgnored();
    }

    private static string? SuggestFor(string word, BlockSchema here, out string? meant)
    {
        meant = null;
        // Whatever has advice is shown, and a password may begin with a dollar sign.
        if (!here.HasSecrets && OtherForms.Suggest(word) is { } form)
            return form;
        List<string> homes = WordIndex.HomesOf(word);
        if (homes.Count > 0)
            return $"this word belongs in {string.Join(" or ", homes.Take(3))}";
        if (NearestOf(word, here) is string near)
        {
            meant = near;
            return $"did you mean '{near}'?";
        }
        if (Spelling.Nearest(word, WordIndex.Words) is not string far)
            return null;
        return $"did you mean '{far}', which belongs in {WordIndex.HomesOf(far)[0]}?";
    }
}
