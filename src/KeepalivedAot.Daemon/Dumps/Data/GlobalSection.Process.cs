using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Daemon.Dumps.Data;

// Priorities, buffers, management.
internal static partial class GlobalSection
{
    private static void AddScheduling(DumpText text, GlobalDefsBlock globals)
    {
        if (globals.MaxAutoPriority < 0)
            text.Line(" Max auto priority = Disabled"u8);
        else
            text.Line($" Max auto priority = {globals.MaxAutoPriority}");
        text.Line($" Min auto priority delay = {globals.MinAutoPriorityDelay} usecs");
        AddScheduling(text, "VRRP", globals.VrrpPriority, globals.VrrpNoSwap, globals.VrrpRealTimePriority, globals.VrrpCpuAffinity, globals.VrrpRealTimeLimit);
        AddScheduling(
            text, "Checker", globals.CheckerPriority, globals.CheckerNoSwap, globals.CheckerRealTimePriority, globals.CheckerCpuAffinity, globals.CheckerRealTimeLimit);
        AddScheduling(text, "BFD", globals.BfdPriority, globals.BfdNoSwap, globals.BfdRealTimePriority, globals.BfdCpuAffinity, globals.BfdRealTimeLimit);
    }

    private static void AddScheduling(
        DumpText text, string process, sbyte priority, bool noSwap, RealTimePriority? realTime, CpuSet? processors, uint limit)
    {
        text.Line($" {process} process priority = {priority}");
        text.Line($" {process} don't swap = {TrueFalse(noSwap)}");
        text.Line($" {process} realtime priority = {realTime?.Value ?? 0}");
        if (processors is not null)
            text.Line($" {process} CPU Affinity = {string.Join(' ', processors.Processors)}");
        text.Line($" {process} realtime limit = {limit}");
    }

    private static void AddManagement(DumpText text, GlobalDefsBlock globals)
    {
        text.Line($" SNMP vrrp {Enabled(globals.EnableSnmpVrrp)}");
        text.Line($" SNMP checker {Enabled(globals.EnableSnmpChecker)}");
        text.Line($" SNMP RFCv2 {Enabled(globals.EnableSnmpRfcV2 || globals.EnableSnmpRfc)}");
        text.Line($" SNMP RFCv3 {Enabled(globals.EnableSnmpRfcV3 || globals.EnableSnmpRfc)}");
        text.Line($" SNMP traps {Enabled(globals.EnableTraps)}");
        text.Line($" SNMP socket = {globals.SnmpSocket ?? UsualSnmpSocket}");
        text.Line($" DBus {Enabled(globals.EnableDbus)}");
        text.Line($" DBus service name = {globals.DbusServiceName ?? ""}");
    }

    private static void AddBuffers(DumpText text, GlobalDefsBlock globals)
    {
        AddBuffer(text, "vrrp_netlink_cmd", globals.VrrpNetlinkCommandBuffer, globals.VrrpNetlinkCommandBufferForce);
        AddBuffer(text, "vrrp_netlink_monitor", globals.VrrpNetlinkMonitorBuffer, globals.VrrpNetlinkMonitorBufferForce);
        AddBuffer(text, "process_monitor", globals.ProcessMonitorBuffer, globals.ProcessMonitorBufferForce);
        AddBuffer(text, "lvs_netlink_cmd", globals.LvsNetlinkCommandBuffer, globals.LvsNetlinkCommandBufferForce);
        AddBuffer(text, "lvs_netlink_monitor", globals.LvsNetlinkMonitorBuffer, globals.LvsNetlinkMonitorBufferForce);
    }

    private static void AddBuffer(DumpText text, string name, uint bytes, bool isForced)
    {
        text.Line($" {name}_rcv_bufs = {bytes}");
        text.Line($" {name}_rcv_bufs_force = {(isForced ? 1 : 0)}");
    }

    private static void AddRest(DumpText text, DumpSubject subject)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        text.Line($" rs_init_notifies = {(globals.RealServerInitialNotifies ? 1 : 0)}");
        text.Line($" no_checker_emails = {(globals.NoCheckerEmails ? 1 : 0)}");
        if (globals.ReceiveBufferPolicy is { } policy)
        {
            if (policy.Bytes is uint bytes)
                text.Line($" rx_bufs_size = {bytes}");
            else
                text.Line(policy.ByMtu ? " rx_bufs_policy = MTU"u8 : " rx_bufs_policy = ADVERT"u8);
        }
        text.Line($" rx_bufs_multiples = {globals.ReceiveBufferMultiplier}");
        text.Line($" umask = 0{Convert.ToString(subject.Host.Umask ?? (int?)globals.Umask?.Bits ?? Options.DaemonOptions.DefaultUmask, 8)}");
        if (globals.StartupDelay != Duration.Zero)
            text.Line($" vrrp_startup_delay = {new PlainSeconds(globals.StartupDelay)}");
        if (globals.LogUnknownVrids)
            text.Line(" log_unknown_vrids"u8);
        AddName(text, " VMAC prefix = ", globals.VmacPrefix);
        AddName(text, " VMAC address prefix = ", globals.VmacAddressPrefix);
    }
}
