namespace KeepalivedAot.Simulation.Scenarios;

/// <summary>A router and its configuration, as the command line gives them: <c>m1.conf</c>, or <c>m1=keepalived.conf</c>.</summary>
internal sealed record RouterFile(string Name, string Path)
{
    // Files of this name are told apart by the folders that they are in.
    private const string UsualName = "keepalived";

    /// <returns>Null, and why.</returns>
    public static List<RouterFile>? ReadAll(IEnumerable<string> arguments, out string problem)
    {
        List<RouterFile> routers = [];
        foreach (string argument in arguments)
        {
            RouterFile router = Read(argument);
            if (router.Name.Length == 0 || router.Name.AsSpan().ContainsAny(":<>* \t") || router.Name.Any(char.IsControl))
            {
                problem = $"'{router.Name}' cannot be the name of a router: give one, as in m1={router.Path}";
                return null;
            }
            if (routers.Exists(other => other.Name == router.Name))
            {
                problem = $"two routers are called {router.Name}: give them names, as in m1={router.Path}";
                return null;
            }
            routers.Add(router);
        }
        problem = "";
        return routers;
    }

    private static RouterFile Read(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && !argument.AsSpan(0, equals).Contains('/'))
            return new RouterFile(argument[..equals], argument[(equals + 1)..]);
        string name = System.IO.Path.GetFileNameWithoutExtension(argument);
        if (name == UsualName && System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(argument))) is { Length: > 0 } folder)
            name = folder;
        return new RouterFile(name, argument);
    }
}
