using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Reference;

/// <summary>For words that are no part of a configuration: verbs and codes.</summary>
public static class DidYouMean
{
    /// <summary>The candidate that is near enough to have been meant, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => Spelling.Nearest(word, candidates);
}
