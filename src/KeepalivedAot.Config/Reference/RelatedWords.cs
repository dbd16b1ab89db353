using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>Words that whoever asks about one may want to know of.</summary>
internal static class RelatedWords
{
    private const int Most = 12;

    /// <summary>Other spellings first, then what it replaces or is replaced by, words that name each other, and its family in the block.</summary>
    public static IReadOnlyList<string> Of(KeywordReference reference, ReferenceEntry entry)
    {
        WordSchema word = entry.Word;
        if (PreprocessorWords.Holds(entry))
            return PreprocessorWords.RelatedTo(word.Word);
        List<string> found = [];
        AddAll(entry.Block.Words.Where(other => word.Property is not null && other.Property == word.Property));
        AddAll(entry.Block.Words.Where(other => other.Word == word.Instead || other.Instead == word.Word));
        AddAll(reference.Entries.Select(static e => e.Word).Where(other => Names(word, other.Word) || Names(other, word.Word)));
        if (Family(word.Word) is { } family)
            AddAll(entry.Block.Words.Where(other => other.Word.StartsWith(family, StringComparison.Ordinal)));
        return found;

        void AddAll(IEnumerable<WordSchema> words)
        {
            foreach (WordSchema other in words)
            {
                if (found.Count < Most && other.Word != word.Word && !found.Contains(other.Word))
                    found.Add(other.Word);
            }
        }
    }

    // Only words that no sentence would hold by chance.
    private static bool Names(WordSchema word, string other)
        => other.Contains('_', StringComparison.Ordinal) && (Holds(word.Help, other) || Holds(word.Default, other));

    private static bool Holds(string? text, string word)
    {
        if (text is null)
            return false;
        int at = text.IndexOf(word, StringComparison.Ordinal);
        return at >= 0 && !IsLetter(text, at - 1) && !IsLetter(text, at + word.Length);
    }

    private static bool IsLetter(string text, int at)
        => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');

    // garp_master_delay belongs to garp_; a family of the words that begin with vrrp_ would be half the block.
    private static string? Family(string word)
    {
        int from = word.StartsWith("vrrp_", StringComparison.Ordinal) ? "vrrp_".Length : 0;
        int end = word.IndexOf('_', from);
        return end < 0 ? null : word[..(end + 1)];
    }
}
