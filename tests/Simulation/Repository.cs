namespace KeepalivedAot.Tests.Simulation;

/// <summary>The source tree that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "keepalived-aot.sln")))
            root = Path.GetDirectoryName(root)!;
        return root;
    }
}
