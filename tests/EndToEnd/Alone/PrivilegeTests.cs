using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>What the process may do: named when it is missing, given up when nothing needs it.</summary>
public sealed class PrivilegeTests
{
    private const int MissingPermission = 4;
    private const int NetAdmin = 12;
    private const int NetRaw = 13;
    internal const int SysModule = 16;
    private const int SysAdmin = 21;
    private static readonly VrrpConfiguration s_plain = new();

    [Theory]
    [InlineData("net_raw", "CAP_NET_RAW is missing: VRRP packets and gratuitous ARP cannot be sent or received. .*--cap-add=NET_RAW .*CapabilityBoundingSet=CAP_NET_RAW")]
    [InlineData("net_admin", "CAP_NET_ADMIN is missing: addresses, routes, rules and interfaces cannot be set. .*--cap-add=NET_ADMIN")]
    public void Start_withoutAVitalRight_namesItAndDoesNotTakePart(string missing, string line)
    {
        using Lab lab = new(routers: 1);
        DaemonProcess daemon = Start(lab, s_plain, $"--bounding-set=-{missing}");
        Assert.Equal(MissingPermission, daemon.WaitForExit(Expect.Soon));
        Assert.Single(daemon.LogMatches(line));
        Assert.Empty(lab.Observer.Adverts.Snapshot());
    }

    [Fact]
    public void Start_asAnOrdinaryUser_saysHowToGrantWhatIsMissing()
    {
        using Lab lab = new(routers: 1);
        DaemonProcess daemon = Start(lab, s_plain, "--reuid=65534", "--regid=65534", "--clear-groups");
        Assert.Equal(MissingPermission, daemon.WaitForExit(Expect.Soon));
        Assert.Single(daemon.LogMatches("CAP_NET_RAW is missing.*Start it as root, or grant it: setcap cap_net_raw,cap_net_admin.ep /"));
        Assert.Single(daemon.LogMatches("CAP_NET_ADMIN is missing.*Start it as root, or grant it: setcap cap_net_raw,cap_net_admin.ep /"));
    }

    // What stands at a file counts for nothing then.
    [Fact]
    public void Start_asAnOrdinaryUser_whoCannotGetNewPrivileges_isNotToldOfSetcap()
    {
        using Lab lab = new(routers: 1);
        DaemonProcess daemon = Start(lab, s_plain, "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");
        Assert.Equal(MissingPermission, daemon.WaitForExit(Expect.Soon));
        Assert.Single(daemon.LogMatches("CAP_NET_RAW is missing.*AmbientCapabilities="));
        Assert.Empty(daemon.LogMatches("setcap"));
    }

    // In an ordinary container a router without addresses votes and tells its scripts.
    [Fact]
    public void Start_withoutAnAddressAndWithoutTheRightToSetOne_warnsAndTakesPart()
    {
        using Lab lab = new(routers: 1);
        string configuration = "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    priority 255\n    no_virtual_ipaddress\n}\n";
        DaemonProcess daemon = Start(lab, configuration, "--bounding-set=-net_admin");
        daemon.WaitForLog("CAP_NET_ADMIN is missing", Expect.Soon);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
    }

    [Fact]
    public void Reload_thatNeedsAVitalRight_isRefused()
    {
        using Lab lab = new(routers: 1);
        string configuration = "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    priority 255\n    no_virtual_ipaddress\n}\n";
        DaemonProcess daemon = Start(lab, configuration, "--bounding-set=-net_admin");
        daemon.WaitForLog("Startup complete", Expect.Soon);
        int from = daemon.Log.Count;
        File.WriteAllText(lab.A.ConfigurationFile, s_plain);
        daemon.Signal(1);
        daemon.WaitForLog("CAP_NET_ADMIN is missing", Expect.Soon, from);
        daemon.WaitForLog("Reload refused: the new configuration needs a right that is missing", Expect.Soon, from);
    }

    [Fact]
    public void Start_withoutRightsThatOptionsNeed_warnsOfEachAndTakesPart()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = s_plain with { Globals = "vrrp_rt_priority 20\n vrrp_no_swap\n script_user nobody", Extra = "notify_master /bin/true\n" };
        DaemonProcess daemon = Start(lab, configuration, "--bounding-set=-sys_nice,-ipc_lock,-setuid");
        daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Single(daemon.LogMatches("CAP_SYS_NICE is missing: vrrp_rt_priority"));
        Assert.Single(daemon.LogMatches("CAP_IPC_LOCK is missing: vrrp_no_swap"));
        Assert.Single(daemon.LogMatches(@"CAP_SETUID is missing: scripts of other users cannot be run \(\(VI_1\) notify_master\)"));
        Assert.Empty(daemon.LogMatches("CAP_SETGID|CAP_KILL|CAP_NET"));
    }

    // No script_user, and no user keepalived_script: they run as the daemon does.
    [Fact]
    public void Start_withoutRightsForOtherUsers_saysNothing_whereScriptsHaveNone()
    {
        using Lab lab = new(routers: 1);
        DaemonProcess daemon = Start(lab, s_plain with { Extra = "notify_master /bin/true\n" }, "--bounding-set=-setuid,-setgid,-kill");
        daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Empty(daemon.LogMatches("CAP_"));
    }

    [Fact]
    public void Start_inAUserNamespace_butAnotherOnesNetwork_saysSo()
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_plain);
        DaemonProcess daemon = lab.A.StartAs(["unshare", "--user", "--map-root-user", Binaries.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile]);
        Assert.Equal(MissingPermission, daemon.WaitForExit(Expect.Soon));
        Assert.Single(daemon.LogMatches("The network belongs to another user namespace than this process"));
        Assert.Empty(daemon.LogMatches("is missing"));
    }

    // A rootless container with a network of its own.
    [Fact]
    public void Start_inAUserNamespace_withItsOwnNetwork_takesPart()
    {
        using Lab lab = new(routers: 1);
        const string Network = """
            ip link add eth0 type veth peer name other && ip link set other up && ip link set eth0 up && ip address add 10.9.0.1/24 dev eth0 && exec "$0" "$@"
            """;
        File.WriteAllText(lab.A.ConfigurationFile, s_plain);
        DaemonProcess daemon = lab.A.StartAs(
            ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", Network, Binaries.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile]);
        daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Empty(daemon.LogMatches("is missing|another user namespace"));
        // What ends a laboratory looks for processes in its own namespaces.
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void Master_hasWhatItUses_andItsScriptsHaveAll()
    {
        using Lab lab = new(routers: 1);
        string said = Path.Combine(lab.A.Scratch, "rights");
        string script = Path.Combine(lab.A.Scratch, "script");
        File.WriteAllText(script, $"#!/bin/sh\ngrep CapEff /proc/self/status >{said}.new && mv {said}.new {said}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "script_user root", Extra = $"notify_master {script}\n" });
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(said), Expect.Soon), "the script says nothing");
        string status = $"/proc/{lab.A.Daemon.Id}/status";
        Assert.Equal((true, true, false, false), (Has(status, NetAdmin), Has(status, NetRaw), Has(status, SysAdmin), Has(status, SysModule)));
        Assert.Equal(RightsOf("/proc/self/status"), RightsOf(said));
        // And it still does its job.
        lab.A.Daemon.Signal(1);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    private static DaemonProcess Start(Lab lab, string configuration, params string[] restrictions)
    {
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        return lab.A.StartAs(["setpriv", .. restrictions, Binaries.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile]);
    }

    internal static bool Has(string status, int capability) => (RightsOf(status) >> capability & 1) != 0;

    private static ulong RightsOf(string status)
    {
        string line = File.ReadLines(status).First(static line => line.StartsWith("CapEff", StringComparison.Ordinal));
        return ulong.Parse(line.Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
