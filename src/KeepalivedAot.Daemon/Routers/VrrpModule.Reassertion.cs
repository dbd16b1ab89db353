using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

// reassert = true: virtual addresses, routes and rules that others take away are put back, and the role stays. keepalived gives it up.
internal sealed partial class VrrpModule
{
    // What waits to be put back: an address or a line, and when.
    private readonly List<(AddressSlot? Address, RoutingSlot? Line, Instant Due)> _awaited = [];

    private bool _reasserts;
    private LineBudget _reassertionLines = LineBudget.Full;

    /// <summary>How often something that others took away was put back because of <c>reassert</c>.</summary>
    public ulong ReassertedCount { get; private set; }

    /// <summary>From now on.</summary>
    public void Apply(Settings settings)
    {
        Recorder?.Settings(settings);
        _reasserts = settings.Reasserts;
        _services.Neighbours.Enable(settings.Watch.IsEnabled);
        foreach (VrrpInstance instance in _instances)
            instance.Router.Watches = settings.Watch.IsEnabled;
    }

    /// <returns>False when the role has to answer for it.</returns>
    private bool TryReassert(AddressSlot gone, Instant now)
    {
        if (!_reasserts || HolderOf(gone) is not { } holder)
            return false;
        Duration pause = (gone.Pace ??= new RestorationPace()).OnGone(now);
        if (pause == Duration.Zero)
            Reassert(gone);
        else
            Await(gone, null, now + pause);
        if (_reassertionLines.TryTake(now, out long leftOut))
            LogReassertion(holder, $"{gone.Address.Address}/{gone.Address.PrefixLength} on {gone.Interface.Name}", pause, gone.Pace.InRow, leftOut);
        return true;
    }

    private bool TryReassert(RoutingSlot gone, Instant now)
    {
        if (!_reasserts || HolderOf(gone) is not { } holder)
            return false;
        Duration pause = (gone.Pace ??= new RestorationPace()).OnGone(now);
        if (pause == Duration.Zero)
            Reassert(gone);
        else
            Await(null, gone, now + pause);
        if (_reassertionLines.TryTake(now, out long leftOut))
            LogReassertion(holder, $"{gone.Line.Noun} {gone.Line.Text}", pause, gone.Pace.InRow, leftOut);
        return true;
    }

    private void LogReassertion(VrrpInstance holder, string what, Duration pause, int times, long leftOut)
    {
        string when = pause == Duration.Zero ? "at once" : $"in {pause.WholeMilliseconds} ms";
        string others = leftOut == 0 ? "" : $"; {leftOut} such lines were left out";
        holder.Router.Log.Write(LogLevel.Warning, EventIds.Reasserted,
            $"({holder.Name}) somebody removed {what}: it is put back {when} (reassert, {times} in a row{others})");
    }

    private void Await(AddressSlot? address, RoutingSlot? line, Instant due)
    {
        _awaited.Add((address, line, due));
        if (!_world.Timers.IsArmed(_reassertTimer) || due < _world.Timers.DeadlineOf(_reassertTimer))
            _world.Timers.Arm(_reassertTimer, due);
    }

    private void OnReassertTimer(Instant now)
    {
        for (int i = _awaited.Count - 1; i >= 0; i--)
        {
            (AddressSlot? address, RoutingSlot? line, Instant due) = _awaited[i];
            if (due > now)
                continue;
            _awaited.RemoveAt(i);
            // Somebody may have put it back, or given up the role, meanwhile.
            if (address is { Wanted: > 0, Presence: AddressPresence.Absent })
                Reassert(address);
            else if (line is { Wanted: > 0, IsPresent: false })
                Reassert(line);
        }
        if (_awaited.Count > 0)
            _world.Timers.Arm(_reassertTimer, _awaited.Min(static it => it.Due));
    }

    private void Reassert(AddressSlot gone)
    {
        ReassertedCount++;
        _services.Addresses.Restore(gone);
        // The kernel drops routes that speak from an address along with it, and says so of none.
        foreach (VrrpInstance instance in _instances)
        {
            if (instance.IsHolding(gone))
                instance.RestoreRoutes();
        }
    }

    private void Reassert(RoutingSlot gone)
    {
        ReassertedCount++;
        _services.Routing.Restore(gone);
    }

    private VrrpInstance? HolderOf(AddressSlot slot) => Array.Find(_instances, instance => instance.IsHolding(slot));

    private VrrpInstance? HolderOf(RoutingSlot slot) => Array.Find(_instances, instance => instance.IsHolding(slot));
}
