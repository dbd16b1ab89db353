using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Parsing;

/// <summary>Every word of the language and the blocks that it belongs to; made at the first mistake.</summary>
internal static class WordIndex
{
    private static Dictionary<string, List<string>>? s_homes;

    private static string[]? s_secrets;

    private static List<string>? s_all;

    public static IEnumerable<string> Words => Homes.Keys;

    /// <summary>Words whose values are secrets.</summary>
    public static string[] Secrets
        => s_secrets ??= [.. Configuration.Schema.Walk().SelectMany(static b => b.Block.Words).Where(static w => w.IsSecret).Select(static w => w.Word)];

    /// <summary>The text is a word of the language, or some letters of one: a keyword, an option, a value that can be listed.</summary>
    public static bool IsPartOfAWord(ReadOnlySpan<char> text)
    {
        foreach (string word in s_all ??= FindAll())
        {
            if (word.AsSpan().Contains(text, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>The text is a word of the language, in upper or lower case.</summary>
    public static bool IsWord(string text)
        => (s_all ??= FindAll()).Exists(word => word.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static List<string> FindAll()
        => [.. Configuration.Schema.Walk().SelectMany(static found => found.Block.Words.SelectMany(static word => word.Choices.Prepend(word.Word))).Distinct()];

    private static Dictionary<string, List<string>> Homes => s_homes ??= FindHomes();

    /// <summary>The blocks in which a word is a keyword, for a message: "'vrrp_instance'".</summary>
    public static List<string> HomesOf(string word) => Homes.GetValueOrDefault(word) ?? [];

    private static Dictionary<string, List<string>> FindHomes()
    {
        Dictionary<string, List<string>> homes = [];
        foreach ((string path, BlockSchema block) in Configuration.Schema.Walk())
        {
            // Options of lines are no keywords.
            if (path.EndsWith('>'))
                continue;
            foreach (WordSchema word in block.Words)
            {
                if (!homes.TryGetValue(word.Word, out List<string>? found))
                    homes.Add(word.Word, found = []);
                found.Add(block.IsRoot ? "the top level" : $"'{path}'");
            }
        }
        return homes;
    }
}
