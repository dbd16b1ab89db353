using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Words that are known for something else than their value.
internal sealed partial class Parser
{
    /// <summary>keepalived does something with the current keyword that we do not do.</summary>
    public void SkipNotYet()
    {
        SkipOptionNotYet();
        SkipBlock(isKnownWord: true);
    }

    /// <summary>keepalived does something with the current option of a line that we do not do.</summary>
    public void SkipOptionNotYet()
        => diagnostics.Report(
            DiagnosticCatalogue.NotYet, Words[_keyword].Span, $"keepalived-aot does not do '{Keyword}' yet; ignored");

    /// <summary>Nothing comes of the current keyword, in keepalived neither.</summary>
    public void SkipNoEffect()
    {
        diagnostics.Report(
            DiagnosticCatalogue.NoEffect, Words[_keyword].Span, $"'{Keyword}' has no effect", "leave it out");
        SkipBlock();
    }

    /// <summary>The current keyword is an old one.</summary>
    /// <param name="counts">A config test counts it as an error.</param>
    public void NoteDeprecated(string instead, bool counts)
        => diagnostics.Report(
            counts ? DiagnosticCatalogue.DeprecatedCounts : DiagnosticCatalogue.DeprecatedWord,
            Words[_keyword].Span, $"'{Keyword}' is deprecated", $"write {instead}");

    /// <summary>Moves to the next option of a line.</summary>
    public bool TryNextOption(out ReadOnlySpan<byte> option)
    {
        option = default;
        if (_cursor >= Words.Length)
            return false;
        option = Words[_cursor].Text;
        BeginKeyword(_cursor);
        return true;
    }

    /// <summary>What the current option is called is none of the line's words.</summary>
    public void ReportUnknownOption(Schema.BlockSchema line)
    {
        Word option = Words[_keyword];
        string? near = Spelling.Nearest(option.ToString(), line.Words.Select(static w => w.Word));
        string? suggestion = near is null ? null : $"did you mean '{near}'?";
        if (near is null && Schema.ConfigAddress.TryParse(option.Text, out _))
            suggestion = "begin a new line with it";
        diagnostics.Report(DiagnosticCatalogue.UnknownOption, option.Span, $"unknown option '{option}'", suggestion);
        // What follows is most likely its value.
        while (_cursor < Words.Length && line.Find(Words[_cursor].Text) is null)
            _cursor++;
    }

    /// <summary>The block that has just been read lacks a keyword that it needs.</summary>
    public void ReportMissingKeyword(SourceSpan header, string block, string keyword)
        => diagnostics.Report(DiagnosticCatalogue.MissingKeyword, header, $"'{block}' has no '{keyword}'", $"add a line '{keyword} …'");

    /// <summary>Nobody may read this in a message.</summary>
    private void MarkSecret(SourceSpan span) => diagnostics.Sources.MarkSecret(span);
}
