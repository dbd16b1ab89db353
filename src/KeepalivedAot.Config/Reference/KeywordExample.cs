using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>A line with a word, in its blocks, that the loader accepts; a test sees to it.</summary>
internal static class KeywordExample
{
    private const string LinePart = "<line>";
    private const string OptionsPart = "<args>";

    // The one block with a name that has lines and no words.
    private const string NamedLines = "virtual_server_group";

    /// <summary>Null where nothing certain can be made, because nobody gave a sample of a value (<see cref="SampleValue"/>).</summary>
    public static string? Of(KeywordReference reference, ReferenceEntry entry)
    {
        if (PreprocessorWords.Holds(entry))
            return PreprocessorWords.ExampleOf(entry.Word.Word);
        if (entry.Word.IsPositional)
            return null;
        string[] path = entry.Block.IsRoot ? [] : entry.BlockPath.Split('/');
        if (IsWholeLine(path, out int list))
        {
            string? whole = LineExample.Of(path[list], list + 2 < path.Length ? path[list + 2] : null, entry.Word);
            string before = entry.Word.Word == "track_group" ? LineExample.TrackGroup : "";
            return whole is null ? null : before + Nest(reference, path[..(list + 1)], whole);
        }
        string? line = path.LastOrDefault() switch
        {
            LinePart when SampleValue.BeginsLine(entry.Word) => Line(entry.Word),
            LinePart => Join(Positionals(entry.Block), Line(entry.Word)),
            // A header belongs to the line that opens its block; that is more than one line can show.
            OptionsPart when reference.BlockAt(string.Join('/', path[..^1])) is not null => null,
            OptionsPart => Join(path[^2], Join(Positionals(entry.Block), Line(entry.Word))),
            _ => Line(entry.Word),
        };
        int depth = path.LastOrDefault() switch { LinePart => path.Length - 1, OptionsPart => path.Length - 2, _ => path.Length };
        return line is null ? null : Nest(reference, path[..depth], line);
    }

    // An option of a route, a rule or an address says nothing without the others on its line.
    private static bool IsWholeLine(string[] path, out int list)
    {
        list = Array.IndexOf(path, LinePart) - 1;
        return list >= 0 && (path[list].EndsWith("_routes", StringComparison.Ordinal) || path[list].EndsWith("_rules", StringComparison.Ordinal)
            || path[list].Contains("_ipaddress", StringComparison.Ordinal));
    }

    private static string? Nest(KeywordReference reference, string[] path, string line)
    {
        StringBuilder text = new();
        for (int i = 0; i < path.Length; i++)
        {
            // The block of a list has no words of its own, and no name.
            string? label = "";
            if (reference.BlockAt(string.Join('/', path[..(i + 1)])) is { } block)
                label = Label(block);
            else if (path[i] == NamedLines)
                label = " " + SampleValue.Name;
            if (label is null || path[i].StartsWith('<'))
                return null;
            text.Append(' ', 4 * i).Append(path[i]).Append(label).Append(" {\n");
        }
        foreach (string part in line.Split('\n'))
            text.Append(' ', 4 * path.Length).Append(part).Append('\n');
        for (int i = path.Length - 1; i >= 0; i--)
            text.Append(' ', 4 * i).Append("}\n");
        return text.ToString();
    }

    // What stands between the word and the brace, with a blank in front.
    private static string? Label(BlockSchema? block)
    {
        if (block is null or { Label: null, Header: null })
            return "";
        string? sample = SampleValue.OfHeader(block);
        return sample is null ? null : $" {sample}";
    }

    private static string? Line(WordSchema word) => word.Kind switch
    {
        WordKind.Flag => word.Word,
        WordKind.Block => Block(word),
        WordKind.Lines => Join(word.Word == NamedLines ? $"{word.Word} {SampleValue.Name}" : word.Word, (SampleValue.OfOptions(word) ?? Positionals(word.Child!)) is { Length: > 0 } first ? $"{{\n    {first}\n}}" : null),
        WordKind.Names => $"{word.Word} {{\n    {SampleValue.Name}\n}}",
        WordKind.Options => (SampleValue.OfOptions(word) ?? Positionals(word.Child!)) switch { null => null, "" => word.Word, { } first => $"{word.Word} {first}" },
        _ => Join(word.Word, SampleValue.Of(word)),
    };

    // With the words that it must have, or else its first ones.
    private static string? Block(WordSchema word)
    {
        const int Shown = 2;
        WordSchema[] words = [.. word.Child!.Words.Where(static inner => inner.Status == WordStatus.Current && inner.Kind != WordKind.Block)];
        IEnumerable<WordSchema> needed = words.Any(static inner => inner.IsRequired) ? words.Where(static inner => inner.IsRequired) : words.Take(Shown);
        if (Label(word.Child) is not { } label)
            return null;
        StringBuilder text = new();
        text.Append(word.Word).Append(label).Append(" {\n");
        foreach (string line in needed.Select(Line).OfType<string>())
            text.Append("    ").Append(line.Replace("\n", "\n    ", StringComparison.Ordinal)).Append('\n');
        return text.Append('}').ToString();
    }

    // The words of a line that are known by their places; "" when none need be there, null when one has no sample.
    private static string? Positionals(BlockSchema line)
    {
        WordSchema[] places = [.. line.Words.Where(static word => word.IsPositional)];
        string?[] samples = [.. places.Where((word, at) => word.IsRequired || at == 0).Select(SampleValue.Of)];
        return samples.Contains(null) ? null : string.Join(' ', samples);
    }

    private static string? Join(string? first, string? second)
    {
        if (first is null || second is null)
            return null;
        return first.Length == 0 ? second : second.Length == 0 ? first : $"{first} {second}";
    }
}
