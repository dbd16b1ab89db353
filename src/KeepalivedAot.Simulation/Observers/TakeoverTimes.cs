using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>
/// A Backup becomes MASTER when its Active_Down_Timer has run out, neither before nor in a later turn (RFC 9568, 6.4.1 and 6.4.2; of VRRPv2 RFC 3768): after
/// Active_Down_Interval from the last advertisement that it accepts, after Skew_Time from one of priority 0.
/// </summary>
/// <remarks>
/// It keeps the timer of each Backup by the host's own clock, from what the daemon reads, so that neither ways nor wake-ups need a tolerance. Of keepalived are: nobody
/// but an owner with <c>state MASTER</c> is MASTER at once; preempt_delay; a startup delay; a member of a sync group whose timer runs out while others do not want to
/// be MASTER waits once more. Of ours is: whoever was killed as MASTER may take its role back within Advertisement_Interval times down_timer_adverts.
/// Instances with authentication are left out: whether they accept an advertisement is not to be seen from outside.
/// </remarks>
internal sealed class TakeoverTimes : Promise, ISimulationObserver
{
    private readonly Wait[] _waits;

    // By host: no timer of it runs out before.
    private readonly Instant[] _earliest;

    public TakeoverTimes(SimulatedWorld world)
        : base(world)
    {
        _waits = [.. world.Members.Select(static _ => new Wait())];
        _earliest = [.. world.Hosts.Select(static _ => Instant.MaxValue)];
    }

    private enum Timer
    {
        Stopped,
        AtOnce,
        SkewTime,
        ActiveDownInterval,
    }

    public override void End()
    {
        foreach (VirtualRouter.Member member in World.Members)
        {
            Wait wait = _waits[member.Number];
            if (wait.Timer != Timer.Stopped && member.Host.State == HostState.Running && member.Running is { } running
                && member.Host.Clock.Now > DeadlineOf(wait, running.Block) + Reach.Lateness(member.Host) * 2)
            {
                BreakLate(member, wait, DeadlineOf(wait, running.Block));
            }
        }
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (World.FindMember(host, instance) is not { Running: { } running } member)
            return;
        Looks++;
        Wait wait = _waits[member.Number];
        VrrpInstanceBlock block = running.Block;
        if (block.AuthenticationType != Config.Vrrp.AuthenticationType.None || block.UsesHmac)
            return;
        Instant now = host.Clock.Now;
        if (transition is { From: VrrpState.Backup, To: VrrpState.Active, Reason.Cause: not TransitionCause.PulledToActive } && wait.Timer != Timer.Stopped)
        {
            Instant from = wait.MayResume ? wait.Since : DeadlineOf(wait, block);
            if (now < from)
                Break(member, Now, $"MASTER {Seconds(from - now)} too early ({transition.Reason})");
            else if (IsHeldBack(member))
                Break(member, Now, $"MASTER before its sync group wants to be ({transition.Reason})");
        }
        wait.Priority = priority.Value;
        wait.Wants = false;
        if (transition.To is not VrrpState.Backup)
        {
            wait.Timer = Timer.Stopped;
            // What was held is lost by a fault; not by having been killed.
            wait.WasMasterUntil = transition.To == VrrpState.Active ? null : default(Instant);
            return;
        }
        if (transition.From == VrrpState.Active)
            wait.WasMasterUntil = default(Instant);
        wait.Interval = block.AdvertisementInterval;
        wait.PreemptDelayRuns = false;
        bool heardBetter = transition.Reason.Cause is TransitionCause.HigherPriorityHeard or TransitionCause.HigherAddressHeard;
        if (heardBetter && block.Version == 3 && wait.LastHeard > Duration.Zero)
            wait.Interval = wait.LastHeard;
        Timer timer = transition.Reason.Cause is TransitionCause.VirtualAddressLost or TransitionCause.PulledToRelease ? Timer.SkewTime
            : transition.From == VrrpState.Initialize && block is { Priority: 255, State: ConfiguredState.Master } && running.Router.Group is null ? Timer.AtOnce
            : Timer.ActiveDownInterval;
        wait.MayResume = transition.From is VrrpState.Initialize or VrrpState.Fault && MayResume(member, wait, block);
        Start(member, wait, timer, now, block);
    }

    void ISimulationObserver.OnPriority(SimulatedHost host, string instance, Priority priority, string? because)
    {
        if (World.FindMember(host, instance) is not { Running: { } running } member)
            return;
        Wait wait = _waits[member.Number];
        wait.Priority = priority.Value;
        Note(member, wait, running.Block);
    }

    void ISimulationObserver.OnHeard(SimulatedHost host, Port port, Packet packet)
    {
        if (!SeenAdvertisement.TryRead(packet, out SeenAdvertisement seen) || seen.MemberAt(port) is not { Running: { } running } member)
            return;
        Looks++;
        Wait wait = _waits[member.Number];
        VrrpInstanceBlock block = running.Block;
        Instant now = host.Clock.Now;
        if (!seen.IsFor(block))
            return;
        wait.LastHeard = seen.Interval;
        if (wait.Timer == Timer.Stopped || now < wait.DelayedUntil)
            return;
        if (seen.Priority == 0)
        {
            wait.MayResume = false;
            Start(member, wait, Timer.SkewTime, now, block);
            return;
        }
        bool isLower = seen.Priority < wait.Priority;
        if (isLower && block.PreemptMode && !IsTolerated(wait, block, now))
            return;
        if (!isLower)
            wait.PreemptDelayRuns = false;
        if (block.Version == 3 && seen.Interval > Duration.Zero)
            wait.Interval = seen.Interval;
        wait.Wants = false;
        wait.MayResume = false;
        wait.WasMasterUntil = default(Instant);
        Start(member, wait, Timer.ActiveDownInterval, now, block);
    }

    void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
    {
        if (SeenAdvertisement.TryRead(packet, out SeenAdvertisement seen) && seen.MemberAt(port) is { } member)
            _waits[member.Number].AdvertisedAt = host.Clock.Now + host.Clock.Suspended;
    }

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        foreach (VirtualRouter.Member member in World.MembersOf(host))
        {
            Wait wait = _waits[member.Number];
            if (state == HostState.Running && host.State == HostState.Running && wait.IsGone)
            {
                wait.IsGone = false;
                wait.DelayedUntil = Reach.DelayedUntil(host);
            }
            if (state != HostState.Down)
                continue;
            // The world has it as MASTER no more; who was, was killed.
            if (!wait.IsGone && wait.WasMasterUntil is null)
                (wait.WasMasterUntil, wait.BootId) = (wait.AdvertisedAt, host.Kernel.BootId);
            wait.IsGone = true;
            wait.Timer = Timer.Stopped;
        }
    }

    void ISimulationObserver.OnReloaded(SimulatedHost host)
    {
        // Which timers start anew is another promise's business.
        foreach (VirtualRouter.Member member in World.MembersOf(host))
            _waits[member.Number].Timer = Timer.Stopped;
    }

    void ISimulationObserver.OnTurn(SimulatedHost host)
    {
        Instant now = host.Clock.Now;
        if (now < _earliest[host.Number])
            return;
        _earliest[host.Number] = Instant.MaxValue;
        foreach (VirtualRouter.Member member in World.MembersOf(host))
        {
            Looks++;
            Wait wait = _waits[member.Number];
            if (wait.Timer == Timer.Stopped || member.Running is not { } running)
                continue;
            Instant deadline = DeadlineOf(wait, running.Block);
            if (deadline <= now)
            {
                if (IsHeldBack(member))
                {
                    wait.Wants = true;
                    Start(member, wait, Timer.ActiveDownInterval, now, running.Block);
                    continue;
                }
                BreakLate(member, wait, deadline);
                wait.Timer = Timer.Stopped;
                continue;
            }
            Note(member, wait, running.Block);
        }
    }

    private void BreakLate(VirtualRouter.Member member, Wait wait, Instant deadline)
        => Break(member, Now, $"still BACKUP {Seconds(member.Host.Clock.Now - deadline)} after its timer ({wait.Timer}, since {Seconds(member.Host.Clock.Now - wait.Since)}) has run out");

    // Somebody of its sync group is against it: neither MASTER, nor so far that he wants to be.
    private bool IsHeldBack(VirtualRouter.Member member)
        => Reach.FellowsOf(World, member).Any(fellow => !fellow.IsMaster && !_waits[fellow.Number].Wants && !IsDue(fellow));

    // Its timer runs out in this very turn, or did so when it wanted a role back.
    private bool IsDue(VirtualRouter.Member member)
        => _waits[member.Number] is { Timer: not Timer.Stopped } wait && (wait.MayResume || (member.Running is { } running && DeadlineOf(wait, running.Block) <= member.Host.Clock.Now));

    private void Start(VirtualRouter.Member member, Wait wait, Timer timer, Instant now, VrrpInstanceBlock block)
    {
        wait.Timer = timer;
        wait.Since = now > wait.DelayedUntil ? now : wait.DelayedUntil;
        Note(member, wait, block);
    }

    private void Note(VirtualRouter.Member member, Wait wait, VrrpInstanceBlock block)
    {
        if (wait.Timer == Timer.Stopped)
            return;
        Instant deadline = DeadlineOf(wait, block);
        if (deadline < _earliest[member.Host.Number])
            _earliest[member.Host.Number] = deadline;
    }

    // As long as the delay runs, or has not begun, lower priorities are accepted.
    private static bool IsTolerated(Wait wait, VrrpInstanceBlock block, Instant now)
    {
        if (block.PreemptDelay == Duration.Zero)
            return false;
        if (!wait.PreemptDelayRuns)
            (wait.PreemptDelayRuns, wait.PreemptDelayEnd) = (true, now + block.PreemptDelay);
        return now < wait.PreemptDelayEnd;
    }

    private static Instant DeadlineOf(Wait wait, VrrpInstanceBlock block)
    {
        Duration interval = block.Version == 2 ? block.AdvertisementInterval : wait.Interval;
        Duration skew = Reach.Skew(wait.Priority, block, interval);
        return wait.Since + wait.Timer switch
        {
            Timer.AtOnce => Duration.FromMicroseconds(1),
            Timer.SkewTime => skew,
            _ => interval * block.DownTimerAdverts + skew,
        };
    }

    private static bool MayResume(VirtualRouter.Member member, Wait wait, VrrpInstanceBlock block)
        => wait.WasMasterUntil is { } until && until != default && wait.BootId == member.Host.Kernel.BootId && wait.DelayedUntil <= member.Host.StartedAt
            && member.Host.Clock.Now + member.Host.Clock.Suspended - until < Reach.SurePatience(block);

    private sealed class Wait
    {
        public Timer Timer { get; set; }

        public Instant Since { get; set; }

        public Duration Interval { get; set; }

        public int Priority { get; set; }

        public bool Wants { get; set; }

        public bool PreemptDelayRuns { get; set; }

        public Instant PreemptDelayEnd { get; set; }

        public Instant DelayedUntil { get; set; }

        public Duration LastHeard { get; set; }

        public bool IsGone { get; set; } = true;

        public bool MayResume { get; set; }

        /// <summary>By CLOCK_BOOTTIME.</summary>
        public Instant AdvertisedAt { get; set; }

        /// <summary>Of who was killed as MASTER: its last advertisement. Null: it is MASTER. Zero: there is no role to take back.</summary>
        public Instant? WasMasterUntil { get; set; } = default(Instant);

        public string BootId { get; set; } = "";
    }
}
