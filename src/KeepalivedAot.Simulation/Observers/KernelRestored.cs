using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>After SIGTERM the kernel is as it was before the daemon, and as it was before one that was killed, too (vrrp.md, 19; settings are put back, which keepalived does not always do).</summary>
internal sealed class KernelRestored(SimulatedWorld world) : Promise(world), ISimulationObserver
{
    void ISimulationObserver.OnStopped(SimulatedHost host)
    {
        Looks++;
        if (host.Kernel.Refusal != Errno.None || World.MembersOf(host) is not [var first, ..])
            return;
        string[] left = [.. host.Kernel.WhatIsLeft()];
        if (left.Length > 0)
            Break(first, Now, $"stopped, and has left {string.Join(", ", left)}");
    }
}
