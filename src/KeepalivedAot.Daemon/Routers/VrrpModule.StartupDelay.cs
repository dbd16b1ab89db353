using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;

namespace KeepalivedAot.Daemon.Routers;

// vrrp_startup_delay and vrrp_delay_after_boot: until the later of the two has passed nobody is heard and no timer runs.
internal sealed partial class VrrpModule
{
    private Instant _startedAt;
    private Instant _startupDelayEnds;

    /// <returns>How long from now on.</returns>
    private Duration BeginStartupDelay(GlobalDefsBlock globals, Instant now)
    {
        _startedAt = now;
        _startupDelayEnds = EndOfStartupDelay(globals);
        Duration delay = _startupDelayEnds - now;
        if (delay <= Duration.Zero)
            return Duration.Zero;
        _log.Write(LogLevel.Info, EventIds.StartupDelay, $"Delaying startup for {delay} seconds");
        _world.Timers.Arm(_startupTimer, _startupDelayEnds);
        return delay;
    }

    /// <summary>A reload while it runs; one that has ended does not begin anew.</summary>
    private void MoveStartupDelay(GlobalDefsBlock globals, Instant now)
    {
        if (_startupDelayEnds <= now)
            return;
        Instant ends = EndOfStartupDelay(globals);
        if (ends == _startupDelayEnds)
            return;
        _startupDelayEnds = ends > now ? ends : now;
        _world.Timers.Disarm(_startupTimer);
        if (ends <= now)
        {
            _log.Write(LogLevel.Info, EventIds.StartupDelay, "Reduced delayed start passed"u8);
            return;
        }
        _log.Write(LogLevel.Info, EventIds.StartupDelay, $"Delaying startup for a further {ends - now} seconds");
        _world.Timers.Arm(_startupTimer, ends);
    }

    // The clock of the loop counts from the boot (CLOCK_MONOTONIC).
    private Instant EndOfStartupDelay(GlobalDefsBlock globals)
    {
        Instant afterStart = _startedAt + globals.StartupDelay;
        Instant afterBoot = new Instant(0) + globals.DelayAfterBoot;
        return afterBoot > afterStart ? afterBoot : afterStart;
    }
}
