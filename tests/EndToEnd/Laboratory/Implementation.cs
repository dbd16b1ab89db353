namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Which VRRP daemon a router runs.</summary>
public enum Implementation
{
    Ours,
    Stock,
}

/// <summary>Where the two daemons are.</summary>
public static class Binaries
{
    /// <summary>The repository: the first directory upwards that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The published program: environment variable KEEPALIVED_AOT, else what <c>make build</c> leaves.</summary>
    public static string Ours { get; } =
        Environment.GetEnvironmentVariable("KEEPALIVED_AOT") ?? Path.Combine(Repository, "artifacts", "linux-x64", "keepalived-aot");

    /// <summary>The distribution's keepalived: environment variable KEEPALIVED_STOCK, else /usr/sbin/keepalived.</summary>
    public static string Stock { get; } = Environment.GetEnvironmentVariable("KEEPALIVED_STOCK") ?? "/usr/sbin/keepalived";

    public static string PathOf(Implementation implementation)
    {
        string path = implementation == Implementation.Ours ? Ours : Stock;
        return File.Exists(path) ? path : throw new LabException($"{path} is missing: {Hint(implementation)}");
    }

    private static string Hint(Implementation implementation)
        => implementation == Implementation.Ours ? "run `make build`" : "install the package keepalived";

    private static string FindRepository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "keepalived-aot.sln")))
                return at.FullName;
        }
        throw new LabException("no keepalived-aot.sln above the test program");
    }
}
