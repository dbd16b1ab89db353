namespace KeepalivedAot.Config.Routing.Names;

/// <summary>The tables in which iproute2 gives names to numbers, and that of the IP protocols.</summary>
public enum NameTable : byte
{
    /// <summary><c>rt_tables</c></summary>
    RoutingTables,

    /// <summary><c>rt_dsfield</c></summary>
    TrafficClasses,

    /// <summary><c>rt_realms</c></summary>
    Realms,

    /// <summary><c>rt_protos</c>: who installed a route or a rule.</summary>
    RoutingProtocols,

    /// <summary><c>rt_scopes</c></summary>
    Scopes,

    /// <summary><c>group</c>: groups of interfaces.</summary>
    InterfaceGroups,

    /// <summary><c>/etc/protocols</c></summary>
    IpProtocols,
}
