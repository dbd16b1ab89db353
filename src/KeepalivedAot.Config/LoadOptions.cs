using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config;

/// <summary>What the reading of a configuration depends on besides its files.</summary>
public sealed record LoadOptions
{
    /// <summary>Under <c>-t</c> a number with something behind its digits is rejected; a daemon that starts uses the digits.</summary>
    public bool IsConfigTest { get; init; }

    /// <summary>What lines with @ are compared with: option -i, else the host's name up to its first dot.</summary>
    public string ConfigId { get; init; } = "";

    /// <summary>Where <c>${_RANDOM}</c> starts.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>All checks of includes are on from the start: option -e.</summary>
    public bool ChecksIncludes { get; init; }

    /// <summary>The servers of a virtual server are kept when it has been read and checked; a mere test need not have them in memory, unless they have scripts.</summary>
    public bool KeepsServers { get; init; } = true;

    /// <summary>Where iproute2's names of tables, scopes, realms and so on are looked up.</summary>
    public INameTables Names { get; init; } = BuiltInNames.Only;

    /// <summary>The reading ends, with an error, when the text and what is built of it take more than so many bytes.</summary>
    public long MostMemory { get; init; } = BuildTally.Most;
}
