using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Tuning;

/// <summary>
/// The receive buffers of the two netlink sockets (<c>vrrp_netlink_cmd_rcv_bufs</c>, <c>vrrp_netlink_monitor_rcv_bufs</c>). What is
/// not given is as large as we think right, which is more than the kernel's default.
/// </summary>
internal sealed class NetlinkBuffers(LinuxVrrpWorld world, Log log)
{
    public void Apply(GlobalDefsBlock globals)
    {
        if (globals.VrrpNetlinkCommandBuffer > 0)
            Report("vrrp_netlink_cmd_rcv_bufs", world.SetCommandBuffer(Size(globals.VrrpNetlinkCommandBuffer), globals.VrrpNetlinkCommandBufferForce));
        if (globals.VrrpNetlinkMonitorBuffer > 0)
            Report("vrrp_netlink_monitor_rcv_bufs", world.SetMonitorBuffer(Size(globals.VrrpNetlinkMonitorBuffer), globals.VrrpNetlinkMonitorBufferForce));
    }

    private static int Size(uint configured) => (int)Math.Min(configured, int.MaxValue);

    private void Report(string what, OsError failure)
    {
        if (failure.IsError)
            log.Write(LogLevel.Warning, EventIds.ProcessTuning, $"Cannot set {what}: {failure}");
    }
}
