using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary><c>Global definitions</c>: what is configured for the whole program, defaults filled in.</summary>
internal static partial class GlobalSection
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
