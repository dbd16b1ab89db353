using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// SNMP and D-Bus.
public sealed partial class GlobalDefsBlock
{
    /// <summary>The address of the SNMP master agent (AgentX), such as unix:/var/agentx/master or tcp:localhost:705.</summary>
    [Keyword("snmp_socket", Since = "1.2.20", Default = "unix:/var/agentx/master", ExactlyOne = true, FirstWins = true), NotYet]
    public string? SnmpSocket { get; private set; }

    /// <summary>Send SNMP traps when something changes.</summary>
    [Sets("enable_traps", Since = "1.2.5"), NotYet]
    public bool EnableTraps { get; private set; }

    /// <summary>Serve the VRRP part of KEEPALIVED-MIB over SNMP.</summary>
    [Sets("enable_snmp_vrrp", Since = "2.0.0"), DeprecatedAlias("enable_snmp_keepalived", Since = "1.2.20"), NotYet]
    public bool EnableSnmpVrrp { get; private set; }

    /// <summary>Serve the MIBs of RFC 2787 and RFC 6527 over SNMP.</summary>
    [Sets("enable_snmp_rfc", Since = "1.2.20"), NotYet]
    public bool EnableSnmpRfc { get; private set; }

    /// <summary>Serve the MIB of RFC 2787 over SNMP, for VRRP version 2.</summary>
    [Sets("enable_snmp_rfcv2", Since = "1.2.20"), NotYet]
    public bool EnableSnmpRfcV2 { get; private set; }

    /// <summary>Serve the MIB of RFC 6527 over SNMP, for VRRP version 3.</summary>
    [Sets("enable_snmp_rfcv3", Since = "1.2.20"), NotYet]
    public bool EnableSnmpRfcV3 { get; private set; }

    /// <summary>Serve the part of KEEPALIVED-MIB with virtual and real servers over SNMP.</summary>
    [Sets("enable_snmp_checker", Since = "1.2.20"), NotYet]
    public bool EnableSnmpChecker { get; private set; }

    /// <summary>How many seconds old the statistics of virtual servers may be before SNMP reads them again.</summary>
    [Keyword("snmp_vs_stats_update_interval", Since = "2.3.0"), Seconds(Decimals = 6), Range(0.001, 30.0), NotYet]
    public Duration SnmpVirtualServerInterval { get; private set; } = Duration.FromSeconds(5);

    /// <summary>How many seconds old the statistics of real servers may be before SNMP reads them again.</summary>
    [Keyword("snmp_rs_stats_update_interval", Since = "2.3.0", Default = "snmp_vs_stats_update_interval")]
    [Seconds(Decimals = 6), Range(0.001, 30.0), NotYet]
    public Duration? SnmpRealServerInterval { get; private set; }

    /// <summary>Offer states and commands over D-Bus.</summary>
    [Sets("enable_dbus", Since = "1.3.0"), NotYet]
    public bool EnableDbus { get; private set; }

    /// <summary>The service name on D-Bus.</summary>
    [Keyword("dbus_service_name", Since = "1.3.7", Default = "org.keepalived.Vrrp1", SurvivesMissingValue = true), NotYet]
    public string? DbusServiceName { get; private set; }

    /// <summary>The word in D-Bus paths that stands for the interface of instances that have none.</summary>
    [Keyword("dbus_no_interface_name", Since = "2.3.0", Default = "none"), NotYet]
    public string? DbusNoInterfaceName { get; private set; }
}
