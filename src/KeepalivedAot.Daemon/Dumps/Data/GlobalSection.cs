using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary><c>Global definitions</c>: what is configured for the whole program, defaults filled in.</summary>
internal static class GlobalSection
{
    private const string UsualTable = "keepalived";
    private const string UsualSnmpSocket = "default (unix:/var/agentx/master)";

    /// <param name="isParent">As keepalived's parent process tells it, which knows of less and of its own scripts.</param>
    public static void Add(DumpText text, DumpSubject subject, bool isParent)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        text.Line("------< Global definitions >------"u8);
        if (globals.ConfigSaveDirectory is { } saved)
            text.Line($" Config save dir = {saved}");
        AddProcess(text, subject);
        text.Line($" Router ID = {globals.RouterId ?? subject.Host.HostName}");
        AddMail(text, globals);
        AddFiles(text, subject, isParent);
        AddTimeouts(text, globals.LvsTimeouts);
        if (!isParent)
            text.Line($" Default interface = {globals.DefaultInterface ?? "eth0"}");
        AddLvs(text, globals);
        AddFifos(text, subject);
        AddVrrp(text, globals);
        AddPacketFilter(text, subject);
        AddChecks(text, globals);
        AddScheduling(text, globals);
        AddManagement(text, globals);
        text.Line($" Script security {(globals.EnableScriptSecurity ? "enabled" : "disabled")}");
        (uint user, uint group) = subject.Scripts.DefaultUser;
        text.Line($" Default script uid:gid {user}:{group}");
        AddBuffers(text, globals);
        AddRest(text, subject);
    }

    private static void AddProcess(DumpText text, DumpSubject subject)
    {
        Configuration configuration = subject.Configuration;
        GlobalDefsBlock globals = configuration.GlobalDefs;
        text.Line($" Network namespace = {subject.Host.NetworkNamespace ?? "(default)"}");
        text.Line($" Network namespace ipvs = {configuration.NetworkNamespaceOfIpvs ?? "(main namespace)"}");
        if (subject.Host.Instance is { } instance)
            text.Line($" Instance name = {instance}");
        AddName(text, " Parent process name = ", globals.ProcessName?.Text);
        AddName(text, " VRRP process name = ", globals.VrrpProcessName?.Text);
        AddName(text, " LVS process name = ", globals.CheckerProcessName?.Text);
        AddName(text, " BFD process name = ", globals.BfdProcessName?.Text);
    }

    private static void AddMail(DumpText text, GlobalDefsBlock globals)
    {
        if (globals.SmtpServer is { } server)
        {
            text.Line($" Smtp server = {server.Host}");
            text.Line($" Smtp server port = {server.Port}");
        }
        AddName(text, " Smtp HELO name = ", globals.SmtpHeloName);
        if (globals.SmtpServer is not null)
            text.Line($" Smtp server connection timeout = {globals.SmtpConnectTimeout.WholeSeconds}");
        AddName(text, " Email notification from = ", globals.NotificationEmailFrom);
        if (globals.NotificationEmail.Count > 0)
            text.Line(" Email notification to:"u8);
        foreach (ConfigName recipient in globals.NotificationEmail)
            text.Line($"   {recipient.Name}");
        text.Line($" Default smtp_alert = {OnOff(globals.SmtpAlert)}");
        text.Line($" Default smtp_alert_vrrp = {OnOff(globals.SmtpAlertVrrp)}");
        text.Line($" Default smtp_alert_checker = {OnOff(globals.SmtpAlertChecker)}");
    }

    private static void AddFiles(DumpText text, DumpSubject subject, bool isParent)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        text.Line($" Checkers log all failures = {TrueFalse(globals.CheckerLogAllFailures)}");
        if (globals.ReloadCheckConfig is { } checkLog)
            text.Line($" Test config before reload, log to {checkLog}");
        else
            text.Line(" No test config before reload"u8);
        if (globals.ReloadTimeFile is { } timeFile)
            text.Line($" Reload time file = {timeFile}{(globals.ReloadRepeat ? " (repeat)" : "")}");
        AddName(text, " Reload_file = ", globals.ReloadFile);
        if (globals.DataUseInstance)
            text.Line(" Use instance name in data dumps"u8);
        if (isParent && subject.Scripts.Find(globals.StartupScript) is { } start)
            text.Line($" Startup script = {start.Command}, uid:gid {start.UserId}:{start.GroupId}, timeout {globals.StartupScriptTimeout.WholeSeconds}");
        if (isParent && subject.Scripts.Find(globals.ShutdownScript) is { } stop)
            text.Line($" Shutdown script = {stop.Command}, uid:gid {stop.UserId}:{stop.GroupId} timeout {globals.ShutdownScriptTimeout.WholeSeconds}");
        text.Line($" Dynamic interfaces = {TrueFalse(globals.DynamicInterfaces != DynamicInterfaces.No)}");
        if (globals.DynamicInterfaces is not (DynamicInterfaces.No or DynamicInterfaces.Yes))
            text.Line(" Allow interface changes = true"u8);
        if (globals.NoEmailFaults)
            text.Line(" Send emails for fault transitions = off"u8);
    }

    private static void AddTimeouts(DumpText text, LvsTimeouts? timeouts)
    {
        if (timeouts?.Tcp is Duration tcp)
            text.Line($" LVS TCP timeout = {tcp.WholeSeconds}");
        if (timeouts?.TcpFin is Duration fin)
            text.Line($" LVS TCP FIN timeout = {fin.WholeSeconds}");
        if (timeouts?.Udp is Duration udp)
            text.Line($" LVS UDP timeout = {udp.WholeSeconds}");
    }

    private static void AddLvs(DumpText text, GlobalDefsBlock globals)
    {
        text.Line($" Disable local IGMP = {(globals.DisableLocalIgmp ? "yes" : "no")}");
        if (globals.LvsSyncDaemon is { } sync)
        {
            AddName(text, " LVS syncd vrrp instance = ", sync.Instance);
            text.Line($" LVS syncd interface = {sync.Interface}");
            if (sync.Id is byte id)
                text.Line($" LVS syncd syncid = {id}");
        }
        text.Line($" LVS flush = {TrueFalse(globals.LvsFlush)}");
        string atStop = globals.LvsFlushOnStop switch
        {
            LvsFlush.Table => "full",
            LvsFlush.OwnServers => "VS",
            _ => "disabled",
        };
        text.Line($" LVS flush on stop = {atStop}");
    }

    private static void AddFifos(DumpText text, DumpSubject subject)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        AddFifo(text, " Global notify fifo", globals.NotifyFifo, globals.NotifyFifoScript, subject);
        AddFifo(text, " VRRP notify fifo", globals.VrrpNotifyFifo, globals.VrrpNotifyFifoScript, subject);
        AddFifo(text, " LVS notify fifo", globals.LvsNotifyFifo, globals.LvsNotifyFifoScript, subject);
        text.Line($" FIFO write vrrp states on reload = {TrueFalse(globals.FifoWriteStatesOnReload)}");
        text.Line($" VRRP notify priority changes = {TrueFalse(globals.NotifyPriorityChanges)}");
    }

    private static void AddFifo(DumpText text, string name, FifoPath? fifo, ConfigScript? script, DumpSubject subject)
    {
        if (fifo is null)
            return;
        // Who it belongs to as it is configured, where it is not the daemon's user.
        text.Line($"{name} = {fifo.Path}, uid:gid {fifo.User ?? "0"}:{fifo.Group ?? fifo.User ?? "0"}");
        if (subject.Scripts.Find(script) is ScriptProgram program)
            text.Line($"{name} script = {program.Command} '{fifo.Path}', uid:gid {program.UserId}:{program.GroupId}");
    }

    private static void AddVrrp(DumpText text, GlobalDefsBlock globals)
    {
        text.Line($" VRRP IPv4 mcast group = {globals.MulticastGroup4}");
        text.Line($" VRRP IPv6 mcast group = {globals.MulticastGroup6}");
        text.Line($" Gratuitous ARP delay = {globals.GarpDelay.WholeSeconds}");
        text.Line($" Gratuitous ARP repeat = {globals.GarpRepeat}");
        text.Line($" Gratuitous ARP refresh timer = {globals.GarpRefresh.WholeSeconds}");
        text.Line($" Gratuitous ARP refresh repeat = {globals.GarpRefreshRepeat}");
        text.Line($" Gratuitous ARP lower priority delay = {globals.GarpLowerPriorityDelay.WholeSeconds}");
        text.Line($" Gratuitous ARP lower priority repeat = {globals.GarpLowerPriorityRepeat}");
        text.Line($" Num adverts before down = {globals.DownTimerAdverts}");
        ExtraInterfaceGarp extra = globals.ExtraInterfaceGarp ?? default;
        text.Line($" Gratuitous ARP for each secondary {(extra.OnAll ? "i/f" : "VMAC")} = {extra.Interval.WholeSeconds}s");
        text.Line($" Send advert after receive lower priority advert = {TrueFalse(!globals.LowerPriorityNoAdvert)}");
        text.Line($" Send advert after receive higher priority advert = {TrueFalse(globals.HigherPrioritySendAdvert)}");
        text.Line($" Gratuitous ARP interval = {new PlainSeconds(globals.GarpInterval):6}");
        text.Line($" Gratuitous NA interval = {new PlainSeconds(globals.GnaInterval):6}");
        text.Line($" VRRP default protocol version = {globals.VrrpVersion}");
    }

    private static void AddPacketFilter(DumpText text, DumpSubject subject)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        bool isNeeded = subject.Configuration.VrrpInstances.Exists(static block => !block.AcceptMode || block.OwnDevices.Count > 0);
        if (globals.Nftables is not null || isNeeded)
        {
            text.Line($" nftables table name = {globals.Nftables ?? UsualTable}");
            text.Line($" nftables base chain priority = {globals.NftablesPriority}");
            text.Line($" nftables {(globals.NftablesInterfaceIndex ? "" : "don't ")}force use ifindex for link local IPv6");
        }
        text.Line($" nftables with{(globals.NftablesCounters ? "" : "out")} counters");
    }

    private static void AddChecks(DumpText text, GlobalDefsBlock globals)
    {
        text.Line($" VRRP check unicast_src = {TrueFalse(globals.CheckUnicastSource)}");
        text.Line($" VRRP skip check advert addresses = {TrueFalse(globals.SkipCheckAdvertisedAddresses)}");
        text.Line($" VRRP strict mode = {TrueFalse(globals.Strict)}");
    }

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

    private static void AddName(DumpText text, string name, string? value)
    {
        if (value is not null)
            text.Line($"{name}{value}");
    }

    private static string OnOff(bool? value) => value switch
    {
        null => "unset",
        true => "on",
        false => "off",
    };

    private static string TrueFalse(bool value) => value ? "true" : "false";

    private static string Enabled(bool value) => value ? "enabled" : "disabled";
}
