using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Words that are known for something else than their value.
internal sealed partial class Parser
{
    private readonly HashSet<string> _notYet = [];

    // Options inside options end at a word that is not theirs.
    private bool _isOptionsEnd;

    /// <summary>keepalived does something with the current keyword that we only read; said at its first place.</summary>
    public void NoteNotYet()
    {
        if (!IsIgnored && _notYet.Add(Keyword))
        {
            diagnostics.Report(
                DiagnosticCatalogue.NotYet, Words[_keyword].Span, $"keepalived-aot does not act on '{Keyword}' yet");
        }
    }

    /// <summary>There is nothing here that the current keyword could act on; said at its first place.</summary>
    public void NoteNotHere(string why)
    {
        if (!IsIgnored && _notYet.Add(Keyword))
            diagnostics.Report(DiagnosticCatalogue.NotHere, Words[_keyword].Span, $"'{Keyword}' changes nothing in keepalived-aot: {why}");
    }

    /// <summary>Nothing comes of the current keyword, in keepalived neither.</summary>
    public void NoteNoEffect()
        => diagnostics.Report(DiagnosticCatalogue.NoEffect, Words[_keyword].Span, $"'{Keyword}' has no effect", "leave it out");

    /// <summary>The current keyword is an old one.</summary>
    /// <param name="counts">A config test counts it as an error.</param>
    public void NoteDeprecated(string instead, bool counts)
        => diagnostics.Report(
            counts ? DiagnosticCatalogue.DeprecatedCounts : DiagnosticCatalogue.DeprecatedWord,
            Words[_keyword].Span, $"'{Keyword}' is deprecated", $"write {instead}");

    /// <summary>What follows the current keyword on its line are options.</summary>
    public void BeginOptions() => _isLineUsable = true;

    /// <summary>Moves to the next option of a line.</summary>
    /// <param name="isValueDemanded">An option without its value ends the configuration; else it only spoils the line.</param>
    public bool TryNextOption(out ReadOnlySpan<byte> option, bool isValueDemanded = false)
    {
        option = default;
        bool isEnd = _cursor >= Words.Length || _isOptionsEnd;
        _isOptionsEnd = false;
        if (isEnd)
            return false;
        option = Words[_cursor].Text;
        _keyword = _cursor++;
        _value = SourceSpan.None;
        _isMissingValueFatal = isValueDemanded;
        return true;
    }

    /// <summary>The value of the current option is itself made of options.</summary>
    /// <returns>What <see cref="LeaveOptions"/> wants to know.</returns>
    public int EnterOptions() => _keyword;

    /// <summary>Back to the option whose value has been read.</summary>
    public void LeaveOptions(int option)
    {
        _keyword = option;
        _value = Words[option].Span.Through(Words[_cursor - 1].Span);
    }

    /// <summary>For <c>TakeOther</c>: the inner options end in front of this word, which is for the line around them.</summary>
    public bool EndOptions()
    {
        BackToOption();
        _isOptionsEnd = true;
        return true;
    }

    /// <summary>The current option is no option: it can be taken as a value now.</summary>
    public void BackToOption() => _cursor = _keyword;

    /// <summary>Whatever happened, the word is behind us.</summary>
    public bool PassOption(bool taken)
    {
        if (!_isOptionsEnd)
            _cursor = Math.Max(_cursor, _keyword + 1);
        return taken;
    }

    /// <summary>Options that were wrong are left out, and the rest of the line holds.</summary>
    public void KeepLine() => _isLineUsable = true;

    /// <summary>The line cannot be used, and that has been said.</summary>
    public void DropLine() => _isLineUsable = false;

    /// <summary>The word of the current line that stands there, with what definitions put into it; empty when there is none.</summary>
    public ReadOnlySpan<byte> TextAt(SourceSpan span)
    {
        foreach (Word word in Words)
        {
            if (word.Span == span)
                return word.Text;
        }
        return default;
    }

    /// <summary>The word of the current line at this place, from 0; empty when there is none.</summary>
    public ReadOnlySpan<byte> WordOnLine(int place) => _lineKeyword + place < Words.Length ? Words[_lineKeyword + place].Text : default;

    /// <summary>How often the current line has this word.</summary>
    public int TimesOnLine(ReadOnlySpan<byte> text)
    {
        int times = 0;
        foreach (Word word in Words)
            times += word.Text.SequenceEqual(text) ? 1 : 0;
        return times;
    }

    /// <summary>The current line has this word somewhere.</summary>
    public bool LineHas(ReadOnlySpan<byte> text)
    {
        foreach (Word word in Words)
        {
            if (word.Text.SequenceEqual(text))
                return true;
        }
        return false;
    }

    /// <summary>What the current option is called is none of the line's words.</summary>
    public void ReportUnknownOption(Schema.BlockSchema line)
    {
        Word option = Words[_keyword];
        string? near = Spelling.Nearest(option.ToString(), line.Words.Where(static w => !w.IsPositional).Select(static w => w.Word));
        string? suggestion = SuggestForOption(option, line) ?? (near is null ? null : $"did you mean '{near}'?");
        diagnostics.Report(DiagnosticCatalogue.UnknownOption, option.Span, $"unknown option '{option}'", suggestion);
        // What follows is most likely its value.
        while (_cursor < Words.Length && line.Find(Words[_cursor].Text) is null)
            _cursor++;
    }

    // What people write who know another program, or several of what a line has one of.
    private string? SuggestForOption(Word option, Schema.BlockSchema line)
    {
        int slash = option.Text.IndexOf((byte)'/');
        if (Schema.ConfigAddress.TryParse((slash < 0 ? option.Text : option.Text[..slash]).TrimEnd(","u8), out _))
            return "begin a new line with it";
        Word first = Words[_lineKeyword];
        if (option.Text.SequenceEqual("netmask"u8) || option.Text.SequenceEqual("mask"u8))
        {
            string length = HasNext && Schema.ConfigAddress.LengthOfMask(Words[_cursor].Text) is { } ofMask ? $"{ofMask}" : "LENGTH";
            return $"write '{first.ToString().Split('/')[0]}/{length}'";
        }
        if (line.Find("dev"u8) is not null && !LineHas("dev"u8) && IsLikeAnInterface(option.Text))
            return $"write 'dev {option}'";
        bool isOneOfSeveral = IsName(option.ToString()) || (line.Find("weight"u8) is not null && line.Find("dev"u8) is null && IsLikeAnInterface(option.Text));
        return isOneOfSeveral ? "begin a new line with it: each has a line of its own" : null;
    }

    // Letters and a number, as in eth0, bond0.100 and enp3s0; no option is like that.
    private static bool IsLikeAnInterface(ReadOnlySpan<byte> text)
        => text.Length is > 1 and <= LongestInterfaceName && char.IsAsciiLetter((char)text[0]) && char.IsAsciiDigit((char)text[^1]) && !text.ContainsAny("/:"u8);

    // Something of this name was defined, whatever a line here may refer to.
    private bool IsName(string text)
        => HasBlock("vrrp_script", text) || HasBlock("track_file", text) || HasBlock("vrrp_track_file", text) || HasBlock("vrrp_track_process", text)
            || HasBlock("bfd_instance", text);

    /// <summary>The block that has just been read lacks a keyword that it needs.</summary>
    /// <param name="said">Whether it has it, and what is wrong with it has been said.</param>
    public void ReportMissingKeyword(SourceSpan header, string block, string keyword, Said said)
        => diagnostics.ReportUnless(
            said, DiagnosticCatalogue.MissingKeyword, header, $"'{block}' has no '{keyword}'", $"add a line '{keyword} …'");

    /// <summary>Nobody may read this in a message.</summary>
    private void MarkSecret(SourceSpan span) => diagnostics.Sources.MarkSecret(span);
}
