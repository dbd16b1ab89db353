namespace KeepalivedAot.Tests.Fuzz;

/// <summary>Where the sources are, from a program that was built of them.</summary>
internal static class Repository
{
    /// <summary>Files of a folder, in the order of their names; none outside of the repository.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            string wanted = Path.Combine(directory, folder);
            if (Directory.Exists(wanted))
                return Directory.GetFiles(wanted, pattern).Order(StringComparer.Ordinal);
        }
        return [];
    }
}
