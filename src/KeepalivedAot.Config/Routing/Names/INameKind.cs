namespace KeepalivedAot.Config.Routing.Names;

/// <summary>Which numbers a <see cref="NamedNumber{TKind}"/> may be, and where its names stand.</summary>
public interface INameKind
{
    static abstract NameTable Table { get; }
    static abstract uint Maximum { get; }

    /// <summary>In the notation of the keyword table.</summary>
    static abstract string Expects { get; }
}

/// <summary>A routing table.</summary>
public readonly struct RoutingTableKind : INameKind
{
    public static NameTable Table => NameTable.RoutingTables;
    public static uint Maximum => uint.MaxValue;
    public static string Expects => "uint|rt_tables name";
}

/// <summary>Type of service, traffic class: the byte of RFC 2474.</summary>
public readonly struct TrafficClassKind : INameKind
{
    public static NameTable Table => NameTable.TrafficClasses;
    public static uint Maximum => byte.MaxValue;
    public static string Expects => "uint 0..255|rt_dsfield name";
}

/// <summary>Who installed a route.</summary>
public readonly struct RoutingProtocolKind : INameKind
{
    public static NameTable Table => NameTable.RoutingProtocols;
    public static uint Maximum => byte.MaxValue;
    public static string Expects => "uint 0..255|rt_protos name";
}

/// <summary>How far a destination is.</summary>
public readonly struct ScopeKind : INameKind
{
    public static NameTable Table => NameTable.Scopes;
    public static uint Maximum => byte.MaxValue;
    public static string Expects => "uint 0..255|rt_scopes name";
}

/// <summary>A realm of route classification.</summary>
public readonly struct RealmKind : INameKind
{
    public static NameTable Table => NameTable.Realms;
    public static uint Maximum => byte.MaxValue;
    public static string Expects => "uint 0..255|rt_realms name";
}

/// <summary>A group of interfaces.</summary>
public readonly struct InterfaceGroupKind : INameKind
{
    public static NameTable Table => NameTable.InterfaceGroups;
    public static uint Maximum => uint.MaxValue;
    public static string Expects => "uint|group name";
}

/// <summary>The protocol of a packet, such as TCP.</summary>
public readonly struct IpProtocolKind : INameKind
{
    public static NameTable Table => NameTable.IpProtocols;
    public static uint Maximum => 127;
    public static string Expects => "uint 0..127|protocol name";
}
