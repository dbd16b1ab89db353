using System.Text;
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
        foreach (OpenBlock outer in _open)
        {
            if (outer != innermost && outer.Block?.FindWord(first.Text) >= 0)
                return BracesMissing + depth - 1 > 0;
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
        => diagnostics.Report(DiagnosticCatalogue.UnexpectedClosingBrace, brace.Span, "this '}' closes nothing");

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

    private void ReportUnknown(IConfigBlock block, Word first)
    {
        string word = first.ToString();
        BlockSchema schema = block.Schema;
        string where = schema.IsRoot ? "at top level" : $"in '{schema.Word}'";
        if (ReportEqualsSign(first, schema, where))
            return;
        string? suggestion = diagnostics.IsFull ? null : SuggestFor(word, schema);
        // That a word of some other block is somewhat like it makes no keyword of it.
        bool isKnown = suggestion is not null && (!schema.HasSecrets || WordIndex.HomesOf(word).Count > 0 || NearestOf(word, schema) is not null);
        if (_isSecretExpected || (schema.HasSecrets && !isKnown))
        {
            // Perhaps a password that slipped onto a line of its own.
            MarkSecret(first.Span);
            diagnostics.Report(DiagnosticCatalogue.UnknownKeyword, first.Span, $"unknown keyword {where}");
            return;
        }
        if (schema.HasSecrets)
        {
            MarkSecret(new SourceSpan(first.Span.End, 0));
            _isSecretExpected = !HasNext;
        }
        diagnostics.Report(DiagnosticCatalogue.UnknownKeyword, first.Span, $"unknown keyword '{word}' {where}", suggestion);
    }

    // auth_pass=x, as other programs have it.
    private bool ReportEqualsSign(Word first, BlockSchema schema, string where)
    {
        int at = first.Text.IndexOf((byte)'=');
        if (at <= 0 || schema.Find(first.Text[..at]) is not { } keyword)
            return false;
        if (schema.HasSecrets && first.Text.Length > at + 1)
            MarkSecret(new SourceSpan(first.Span.Position + at + 1, first.Span.Length - at - 1));
        bool isShown = !schema.HasSecrets && first.Text.Length > at + 1;
        diagnostics.Report(
            DiagnosticCatalogue.UnknownKeyword, first.Span, $"unknown keyword '{keyword.Word}={(isShown ? Encoding.UTF8.GetString(first.Text[(at + 1)..]) : "")}' {where}",
            isShown ? $"leave the '=' out: '{keyword.Word} {Encoding.UTF8.GetString(first.Text[(at + 1)..])}'" : $"write a blank in place of the '='");
        return true;
    }

    // Of a block that is skipped nobody knows the words, and the secrets neither.
    private void MarkSkipped(ReadOnlySpan<Word> words)
    {
        string first = words[0].ToString();
        if (WordIndex.Secrets.Contains(first) && words.Length > 1)
            diagnostics.Sources.HideSecret(words[^1]);
    }

    private static string? NearestOf(string word, BlockSchema here)
        => Spelling.Nearest(word, here.Words.Where(static w => !w.IsPositional).Select(static w => w.Word));

    private static string? SuggestFor(string word, BlockSchema here)
    {
        // Whatever has advice is shown, and a password may begin with a dollar sign.
        if (!here.HasSecrets && OtherForms.Suggest(word) is { } form)
            return form;
        List<string> homes = WordIndex.HomesOf(word);
        if (homes.Count > 0)
            return $"this word belongs in {string.Join(" or ", homes.Take(3))}";
        if (NearestOf(word, here) is string near)
            return $"did you mean '{near}'?";
        if (Spelling.Nearest(word, WordIndex.Words) is not string far)
            return null;
        return $"did you mean '{far}', which belongs in {WordIndex.HomesOf(far)[0]}?";
    }
}
