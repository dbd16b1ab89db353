using KeepalivedAot.Config;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Daemon.Hosting;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>A configuration that is compared: what runs, or what is to run. It stays comparable when its secrets have been wiped.</summary>
internal sealed class PlannedSide(Configuration configuration, DaemonIdentity identity, LoadResult? read)
{
    private readonly Dictionary<(string Keyword, string Name, int Occurrence), WrittenBlock> _byKey = [];

    public Configuration Configuration => configuration;

    public DaemonIdentity Identity => identity;

    /// <summary>Where its text is still there: what others notice is told with places.</summary>
    public LoadResult? Read => read;

    /// <summary>In the order of the schema, and within a keyword of the file.</summary>
    public List<WrittenBlock> Blocks { get; private init; } = [];

    /// <param name="keepsText">For a plan with what peers notice.</param>
    public static PlannedSide Of(LoadResult read, DaemonIdentity identity, bool keepsText)
    {
        ConfigurationPrinting printing = new(read.Configuration);
        while (printing.Next())
        {
        }
        return Of(read, printing, identity, keepsText);
    }

    /// <param name="printing">That is over.</param>
    public static PlannedSide Of(LoadResult read, ConfigurationPrinting printing, DaemonIdentity identity, bool keepsText)
    {
        PlannedSide side = new(read.Configuration, identity, keepsText ? read : null) { Blocks = printing.Blocks };
        side._byKey.EnsureCapacity(side.Blocks.Count);
        foreach (WrittenBlock block in side.Blocks)
            side._byKey.Add(block.Key, block);
        return side;
    }

    public WrittenBlock? Find((string Keyword, string Name, int Occurrence) key) => _byKey.GetValueOrDefault(key);
}
