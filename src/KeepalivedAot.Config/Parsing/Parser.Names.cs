using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Names of blocks, which are unique among blocks of their kind.
internal sealed partial class Parser
{
    // About so many bytes, here and wherever else names are looked up.
    private const int NameWeight = 96;

    private readonly Dictionary<(string Block, string Name), SourceSpan> _names = [];

    /// <summary>The name of the block that the current keyword opens. When there is none, or not a new one, the block is skipped.</summary>
    /// <param name="longest">How many bytes it may have; null when there is no limit.</param>
    /// <param name="exactlyOne">More words are a mistake, too; else they are passed over, and a name is what keepalived stops without.</param>
    public bool TryName(int? longest, bool exactlyOne, out string name)
    {
        ReadOnlySpan<Word> words = Words;
        SourceSpan keyword = words[_keyword].Span;
        name = "";
        bool isMissing = words.Length == _cursor;
        if (isMissing || (exactlyOne && words.Length > _cursor + 1))
        {
            diagnostics.Report(
                exactlyOne ? DiagnosticCatalogue.BlockName : DiagnosticCatalogue.MissingParameter, isMissing ? keyword : words[_cursor].Span.Through(words[^1].Span),
                isMissing ? $"'{Keyword}' needs a name" : $"'{Keyword}' takes one name, not {words.Length - _cursor} words",
                isMissing ? $"write '{Keyword} NAME {{'" : "put a name with blanks in double quotes");
            SkipBlock();
            return false;
        }
        if (words[_cursor].Text.Length > longest)
        {
            diagnostics.Report(
                DiagnosticCatalogue.TooLong, words[_cursor].Span, $"the name of a '{Keyword}' has at most {longest} bytes, not {words[_cursor].Text.Length}");
            SkipBlock();
            return false;
        }
        name = Intern(words[_cursor].Text);
        Built(NameWeight);
        _value = words[_cursor++].Span;
        if (_meant is not null)
        {
            configuration.Lost.Add(_meant, name);
            return true;
        }
        string kind = Intern(words[_keyword].Text);
        if (_names.TryAdd((kind, name), _value))
            return true;
        Diagnostic duplicate = diagnostics.Report(
            DiagnosticCatalogue.DuplicateName, _value, $"there is a '{kind} {name}' already; this one is ignored",
            "give one of them another name, or write both as one block");
        diagnostics.Relate(duplicate, _names[(kind, name)], "first defined here");
        SkipBlock();
        return false;
    }

    /// <summary>A block of this keyword and name has been read, or is being read.</summary>
    public bool HasBlock(string keyword, string name) => _names.ContainsKey((keyword, name));
}
