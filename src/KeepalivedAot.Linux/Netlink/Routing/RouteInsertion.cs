namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>Where a route comes to stand among those to the same destination.</summary>
public enum RouteInsertion : byte
{
    /// <summary>In front of them (NLM_F_CREATE).</summary>
    Prepend,

    /// <summary>Behind them (NLM_F_APPEND).</summary>
    Append,

    /// <summary>It must be the only one (NLM_F_EXCL).</summary>
    Add,
}
