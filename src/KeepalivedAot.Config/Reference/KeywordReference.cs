using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>Every word of <c>keepalived.conf</c> at every place where it may stand: those of any line first, then the schema in its order.</summary>
public sealed class KeywordReference
{
    /// <summary>That of the language.</summary>
    public static KeywordReference Make() => new(Configuration.Schema);

    public KeywordReference(BlockSchema root)
    {
        Blocks = [(PreprocessorWords.Path, PreprocessorWords.Block), .. root.Walk()];
        Entries = [.. Blocks.SelectMany(static found => found.Block.Words.Select(word => new ReferenceEntry(found.Path, found.Block, word)))];
    }

    /// <summary>The blocks, each with its path.</summary>
    public IReadOnlyList<(string Path, BlockSchema Block)> Blocks { get; }

    public IReadOnlyList<ReferenceEntry> Entries { get; }

    /// <summary>The block with a path such as <c>vrrp_instance/authentication</c>; null when there is none.</summary>
    public BlockSchema? BlockAt(string path) => Blocks.FirstOrDefault(found => found.Path == path).Block;

    /// <summary>The places of a word, or of a path such as <c>vrrp_instance/priority</c>.</summary>
    /// <remarks>
    /// A path may leave out its beginning, and the parts in angle brackets: <c>virtual_routes/metric</c>. What is written with a name of
    /// one's own is found by what it is: <c>$VIPS</c> is <c>$NAME</c>.
    /// </remarks>
    public IReadOnlyList<ReferenceEntry> Find(string wordOrPath)
    {
        string sought = PreprocessorWords.WordOf(wordOrPath);
        return [.. Entries.Where(entry => Ends(entry.Path, sought) || Ends(entry.ShortPath, sought))];
    }

    private static bool Ends(string path, string with)
        => path == with || (path.EndsWith(with, StringComparison.Ordinal) && path[^(with.Length + 1)] == '/');

    /// <summary>The word that may have been meant.</summary>
    public string? Nearest(string word) => Spelling.Nearest(word, Words);

    /// <summary>Each word once, in the order of the schema; what is known by its place only is none.</summary>
    public IEnumerable<string> Words => Entries.Where(static entry => !entry.Word.IsPositional).Select(static entry => entry.Word.Word).Distinct();
}
