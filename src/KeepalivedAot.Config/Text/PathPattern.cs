namespace KeepalivedAot.Config.Text;

/// <summary>File names by pattern, as glob(3) with braces and without tildes: *, ?, [a-z], {a,b}, and \ before any of them.</summary>
internal static class PathPattern
{
    internal const int MostMatches = 4096;

    /// <summary>What a pattern led to.</summary>
    /// <param name="Paths">In the order of the alternatives, and of their bytes within one.</param>
    /// <param name="IsFixedMissing">A directory or a file that is named without wildcards is not there, in one alternative or directory at least.</param>
    /// <param name="IsCut">There was more than anybody can mean; the paths are not all.</param>
    internal sealed record Result(List<string> Paths, bool HasBraces, bool IsFixedMissing, bool IsCut);

    public static Result Find(string pattern, string directory, IConfigFiles files)
    {
        List<string> alternatives = [];
        PathSearch search = new(directory, files) { IsCut = !BraceAlternatives.TryList(pattern, alternatives) };
        List<string> paths = [];
        foreach (string alternative in alternatives)
        {
            if (search.IsCut)
                break;
            List<string> found = search.Match(alternative);
            found.Sort(StringComparer.Ordinal);
            paths.AddRange(found);
            search.IsCut |= paths.Count > MostMatches;
        }
        return new Result(paths, BraceAlternatives.HasBrace(pattern), search.IsFixedMissing, search.IsCut);
    }
}
