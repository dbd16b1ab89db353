namespace KeepalivedAot.Config.Text;

/// <summary>One walk through the directories.</summary>
internal sealed class PathSearch(string directory, IConfigFiles files)
{
    private const int MostLooks = 65_536;

    private int _looks;

    public bool IsFixedMissing { get; private set; }

    public bool IsCut { get; set; }

    public List<string> Match(string pattern)
    {
        string[] elements = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        List<string> at = [pattern.StartsWith('/') ? "/" : ""];
        for (int i = 0; i < elements.Length && at.Count > 0; i++)
        {
            bool isLast = i == elements.Length - 1 && !pattern.EndsWith('/');
            if (elements[i] == "." && !isLast)
                continue;
            List<string> next = [];
            foreach (string prefix in at)
            {
                if (ElementPattern.HasWildcard(elements[i]))
                    Matching(prefix, elements[i], isLast, next);
                else
                    Named(Join(prefix, ElementPattern.Unescaped(elements[i])), isLast, next);
                IsCut |= next.Count > PathPattern.MostMatches || _looks > MostLooks;
                if (IsCut)
                    return [];
            }
            at = next;
        }
        return elements.Length == 0 ? [] : at.ConvertAll(p => Full(p, directory));
    }

    private void Matching(string prefix, string element, bool isLast, List<string> found)
    {
        foreach (string name in files.List(Full(prefix.Length == 0 ? "." : prefix, directory)) ?? [])
        {
            _looks++;
            string path = Join(prefix, name);
            if (ElementPattern.IsMatch(name, element) && (isLast || files.Inspect(Full(path, directory)) == ConfigFileKind.Directory))
                found.Add(path);
        }
    }

    private void Named(string path, bool isLast, List<string> found)
    {
        _looks++;
        ConfigFileKind kind = files.Inspect(Full(path, directory));
        if (kind != ConfigFileKind.Missing && (isLast || kind == ConfigFileKind.Directory))
            found.Add(path);
        else
            IsFixedMissing = true;
    }

    private static string Join(string prefix, string name)
    {
        if (name == "." && prefix.Length > 0)
            return prefix;
        if (prefix is "." or "")
            return name;
        return prefix.EndsWith('/') ? prefix + name : $"{prefix}/{name}";
    }

    private static string Full(string path, string directory)
        => directory.Length == 0 || path.StartsWith('/') ? path : path == "." ? directory : Join(directory, path);
}
