using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// What is said of a word that is no value.
internal sealed partial class Parser
{
    /// <summary>The word that was taken last is none of the list.</summary>
    public void RejectChoice(params ReadOnlySpan<string> choices)
    {
        Word word = Words[_cursor - 1];
        string? near = Spelling.Nearest(word.ToString(), choices.ToArray());
        if (near is null && _open.Peek().Block?.Schema.HasSecrets == true && word.Text.Length >= HiddenTexts.Shortest
            && !OtherForms.IsAuthentication(word.Text))
        {
            // Perhaps a password that slipped behind another keyword.
            MarkSecret(word.Span);
            diagnostics.Report(DiagnosticCatalogue.InvalidWord, word.Span, $"'{Keyword}' takes {string.Join(" or ", choices)}");
            return;
        }
        Refuse(
            DiagnosticCatalogue.InvalidWord, word, $"'{Keyword}' takes {string.Join(" or ", choices)}, not '{word}'", near is null ? null : $"did you mean '{near}'?");
    }

    // The word is no value: says so, unless it is one for want of a definition, which has been said. How it came to be none is better advice than what is one.
    private bool Refuse(DiagnosticKind kind, Word word, string message, string? suggestion, string? part = null)
    {
        bool isSaid = reader.Current.HasUndefined && word.Text.Contains((byte)'$');
        string? why = part is null ? null : "What it is a part of is left out.";
        diagnostics.ReportUnless(isSaid, kind, word.Span, message, WithoutEqualsSign(word) ?? OtherForms.OfUndefined(word.Text) ?? suggestion, why);
        return false;
    }

    // priority = 120, as other programs have it.
    private string? WithoutEqualsSign(Word value)
        => !value.Text.StartsWith("="u8) ? null
            : _open.Peek().Block?.Schema.HasSecrets == true ? "leave the '=' out"
            : value.Text.Length > 1 ? $"leave the '=' out: '{Keyword} {value.ToString()[1..]}'"
            : HasNext ? $"leave the '=' out: '{Keyword} {Words[_cursor]}'"
            : "leave the '=' out";

    /// <summary>Reports on the word that was taken last, and returns false.</summary>
    public bool Reject(DiagnosticKind kind, string message, string? suggestion = null)
    {
        diagnostics.Report(kind, _value, message, suggestion);
        _isLineUsable = false;
        return false;
    }
}
