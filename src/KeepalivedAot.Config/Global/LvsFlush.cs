using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>What becomes of the IPVS table at stop.</summary>
public enum LvsFlush : byte
{
    /// <summary>Each service is removed by itself.</summary>
    No,

    /// <summary>The whole table is emptied.</summary>
    [Word("")] Table,

    /// <summary>Only our own virtual servers are removed.</summary>
    [Word("VS")] OwnServers,
}
