using System.Text.RegularExpressions;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Keywords;

/// <summary>Every row of the keyword table: declared as the table says, accepted, in the model, and refused at the right column.</summary>
public sealed partial class KeywordTableTests
{
    private const string Preprocessor = "<preprocessor>";
    private const string BothGets = "{HTTP_GET,SSL_GET}";

    /// <summary>One case for each block and keyword; the rows of both HTTP checkers are two.</summary>
    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (KeywordRow row in KeywordRow.All.Where(static r => r.Block != Preprocessor))
        {
            if (!row.Block.Contains(BothGets, StringComparison.Ordinal))
            {
                rows.Add(row.Block, row.Keyword);
                continue;
            }
            rows.Add(row.Block.Replace(BothGets, "HTTP_GET", StringComparison.Ordinal), row.Keyword);
            rows.Add(row.Block.Replace(BothGets, "SSL_GET", StringComparison.Ordinal), row.Keyword);
        }
        return rows;
    }

    [Fact]
    public void Table_is_whole()
    {
        Assert.Equal(907, KeywordRow.All.Count);
        Assert.Equal(20, KeywordRow.All.Count(static r => r.Block == Preprocessor));
        Assert.Empty(KeywordRow.All.Where(static r => r.Block != Preprocessor && r.Good is null).Select(static r => $"{r.Block} {r.Keyword}: no sample"));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_is_declared(string block, string keyword)
    {
        KeywordRow row = Find(block, keyword);
        WordSchema word = Word(block, keyword);
        // The old name of track_file opens the same block, whose words came with it.
        if (row.Since.Length > 0 && row.Block != "vrrp_track_file")
            Assert.Equal(row.Since.Split(' ')[0], word.Since?.Split(' ')[0]);
        WordStatus expected = row.IsDeprecated ? WordStatus.Deprecated
            : row.IsAlias ? WordStatus.Alias
            : row.IsWithoutEffect ? WordStatus.NoEffect
            : WordStatus.Current;
        // An alias that always reports an error is a deprecated one to the user.
        if (expected == WordStatus.Alias && row.Note.Contains("Always reports", StringComparison.Ordinal))
            expected = WordStatus.Deprecated;
        Assert.Equal(expected, word.Status);
        Assert.False(string.IsNullOrWhiteSpace(word.Help), "no help");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_is_accepted_and_arrives_in_the_model(string block, string keyword)
    {
        KeywordRow row = Find(block, keyword);
        string context = KeywordContext.For(block)!;
        LoadResult with = Load(Fill(context, row, row.Good!, out _));

        bool mayComplain = row.IsDeprecated || row.IsWithoutEffect || row.Note.Contains("reports", StringComparison.OrdinalIgnoreCase)
            || row.Note.Contains("Reported", StringComparison.Ordinal) || row.Note.Contains("with error", StringComparison.Ordinal);
        string complaints = new DiagnosticRenderer(with.Sources).Render(with.Diagnostics);
        Assert.True(mayComplain || !with.Diagnostics.HasErrors, complaints);
        Assert.False(with.Diagnostics.Any(static d => d.Code is "KA0201" or "KA0314"), complaints);

        string text = EffectiveConfiguration.ToText(with.Configuration, showsSecrets: true);
        Assert.True(Count(text, row.Shows!) > Count(Stripped(context, row), row.Shows!), $"'{row.Shows}' is not in\n{text}\n{complaints}");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Bad_value_is_reported_at_its_column(string block, string keyword)
    {
        KeywordRow row = Find(block, keyword);
        WordSchema word = Word(block, keyword);
        string context = KeywordContext.For(block)!;
        // Where every value can be, there may be one too many, or none.
        string marked = row.Bad
            ?? (word.Kind is WordKind.Flag or WordKind.Boolean || word.Arguments.StartsWith('[') || word.Arguments.EndsWith('?') ? $"{row.Good} «surplus»" : $"«{keyword}»");
        if (word.Kind is WordKind.Block or WordKind.Names && row.Bad is null)
            marked = row.Good!.Replace($"{keyword} ", $"{keyword} «surplus» ", StringComparison.Ordinal);
        string file = Fill(context, row, marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), out int start);
        int offset = start + marked.IndexOf('«', StringComparison.Ordinal);
        string before = file[..offset];
        int line = before.Count(static c => c == '\n') + 1;
        int column = offset - (before.LastIndexOf('\n') + 1) + 1;

        LoadResult result = Load(file);
        // What is said of a good value, too, is not about this one.
        string[] usual = [.. Load(Fill(context, row, row.Good!, out _)).Diagnostics.Select(static d => $"{d.Code} {d.Message}")];
        Diagnostic? found = result.Diagnostics.FirstOrDefault(
            d => d.Location.Line == line && d.Location.Column == column && d.Severity >= Severity.Warning && !usual.Contains($"{d.Code} {d.Message}"));
        string rendered = new DiagnosticRenderer(result.Sources).Render(result.Diagnostics);
        Assert.True(found is not null, $"nothing at {line}:{column} of\n{file}\n{rendered}");
        // Words behind a value, and what keepalived itself reads over in silence, are warnings.
        Assert.True(found.Severity == Severity.Error || found.Code is "KA0207" or "KA0310" or "KA0613" or "KA0618", $"no error at {line}:{column} of\n{file}\n{rendered}");
    }

    [Fact]
    public void Words_that_are_declared_are_all_in_the_table()
    {
        HashSet<(string, string)> known = [.. Rows().Select(static r => (r.Data.Item1, r.Data.Item2))];
        IEnumerable<string> extra = Configuration.Schema.Walk()
            .SelectMany(static b => b.Block.Words.Select(w => (b.Path, w.Word)))
            .Where(w => !known.Contains(w) && !known.Contains((TablePath(w.Path), w.Word)))
            .Select(static w => $"{w.Path} {w.Word}");
        Assert.Empty(extra);
    }

    private static KeywordRow Find(string block, string keyword)
        => KeywordRow.All.Single(r => r.Keyword == keyword
            && (r.Block == block || (r.Block.Contains(BothGets, StringComparison.Ordinal) && Regex.Replace(block, "HTTP_GET|SSL_GET", BothGets) == r.Block)));

    /// <summary>The row of a word of the schema, and the block to test it in.</summary>
    internal static (string Block, KeywordRow Row) FindFor(string path, string word)
    {
        (string block, string keyword) = Rows().Select(static r => r.Data).First(r => r.Item2 == word && TablePath(r.Item1) == TablePath(path));
        return (block, Find(block, keyword));
    }

    private static WordSchema Word(string block, string keyword)
    {
        BlockSchema? schema = Configuration.Schema.Walk().Where(b => TablePath(b.Path) == TablePath(block)).Select(static b => b.Block).FirstOrDefault();
        Assert.True(schema is not null, $"no block {block}");
        WordSchema? word = schema.Words.FirstOrDefault(w => w.Word == keyword);
        Assert.True(word is not null, $"no word {keyword} in {block}: {string.Join(' ', schema.Words.Select(static w => w.Word))}");
        return word;
    }

    // Routes are written once in the table, and methods of forwarding.
    private static string TablePath(string path)
    {
        path = RoutePart().Replace(path, "<route>/$1");
        path = MethodPart().Replace(path, "virtual_server/lvs_method/<args>");
        path = path.Replace("/<line>/<args>", "/<args>", StringComparison.Ordinal);
        return path.StartsWith("<route>/", StringComparison.Ordinal) ? path.Replace("/<args>", "", StringComparison.Ordinal) : path;
    }

    [GeneratedRegex("^.*_routes/<line>/(?:nexthop/<args>/(?=encap))?(nexthop|encap)")]
    private static partial Regex RoutePart();

    [GeneratedRegex("^virtual_server/.*lvs_method/<args>$")]
    private static partial Regex MethodPart();

    private static LoadResult Load(string text) => ConfigText.Load(text);

    private static string Stripped(string context, KeywordRow row)
        => EffectiveConfiguration.ToText(Load(Fill(context, row, "", out _)).Configuration, showsSecrets: true);

    // Lines of the context that say the same in the same block give way.
    internal static string Fill(string context, KeywordRow row, string lines, out int start)
    {
        HashSet<string> words = [.. row.Good!.Split('\n').Select(static l => l.Split(' ')[0])];
        string main = MainWord().Match(row.Status) is { Success: true } alias ? alias.Groups[1].Value : row.Keyword;
        words.Add(main);
        // A VRF is for unicast without an interface.
        if (row.Keyword == "vrf")
            words.Add("interface");
        List<string> kept = [.. context.Split('\n')];
        int place = kept.FindIndex(static l => l.Trim() == "§");
        int depth = 0;
        for (int i = place - 1; i >= 0; i--)
        {
            string trimmed = kept[i].Trim();
            depth += trimmed.EndsWith('{') ? -1 : trimmed == "}" ? 1 : 0;
            if (depth < 0)
                break;
            bool opensAtHand = depth == 0 && trimmed.EndsWith('{');
            // At the top level every block may be there several times.
            if (depth != 0 || row.Block == "(root)" || !words.Contains(trimmed.Split(' ')[0]))
                continue;
            int end = i;
            if (opensAtHand)
            {
                while (kept[end].Trim() != "}")
                    end++;
            }
            kept.RemoveRange(i, end - i + 1);
            place -= end - i + 1;
        }
        start = kept.Take(place).Sum(static l => l.Length + 1);
        kept[place] = lines;
        return string.Join('\n', kept) + "\n";
    }

    private static int Count(string text, string part) => text.Split('\n').Count(l => l.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("alias of (?:global_defs )?([a-zA-Z_0-9-]+)")]
    private static partial Regex MainWord();
}
