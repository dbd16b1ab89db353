using KeepalivedAot.Simulation.Observers;

namespace KeepalivedAot.Tests.Simulation;

/// <summary>A rule of ours, broken on purpose.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="File">Below <c>src/</c>; its first folder is the project.</param>
/// <param name="Text">What is replaced; it stands there exactly once.</param>
/// <param name="Promise">Whose observer has to find it.</param>
internal sealed record Mutant(string Name, string File, string Text, string Replacement, string Promise)
{
    private const string Fsm = "KeepalivedAot.Vrrp/Fsm/VrrpFsm.cs";
    private const string Router = "KeepalivedAot.Vrrp/Fsm/VrrpRouter.cs";
    private const string Apply = "KeepalivedAot.Vrrp/Fsm/VrrpRouter.Apply.cs";
    private const string Group = "KeepalivedAot.Vrrp/Groups/VrrpGroup.cs";
    private const string Effects = "KeepalivedAot.Daemon/Routers/VrrpInstance.Effects.cs";
    private const string Module = "KeepalivedAot.Daemon/Routers/VrrpModule.cs";

    public string Project => File[..File.IndexOf('/', StringComparison.Ordinal)];

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("a MASTER yields to nobody", Fsm, "if (order < 0)", "if (order < 300)", nameof(SingleMaster)),
        new("of two equal MASTERs neither yields", Fsm, "order = e.Address.CompareTo(self.LocalAddress);", "order = -1;", nameof(SingleMaster)),
        new("a MASTER yields to whoever it hears", Fsm, "if (order < 0)", "if (order < -300)", nameof(QuietNetwork)),
        new("a Backup starts no timer", Apply, "        StartWait(transition.Wait, now);\n        if (transition.From", "        if (transition.From", nameof(SomeMaster)),
        new("nobody preempts", Fsm, "|| !self.PreemptMode", "|| self.PreemptMode || !self.PreemptMode", nameof(HighestPriorityLeads)),
        new("nopreempt is ignored", Fsm, "|| !self.PreemptMode", "", nameof(TakeoverTimes)),
        new("a Backup discards its own priority", Fsm, "when e.Priority >= self.Priority", "when e.Priority > self.Priority", nameof(TakeoverTimes)),
        new("priority 0 is like any other", Fsm, "TransitionCause.ReleaseHeard) with { Wait = BackupWait.SkewTime }", "TransitionCause.ReleaseHeard) with { Wait = BackupWait.ActiveDownInterval }", nameof(TakeoverTimes)),
        new("an owner waits", Fsm, "self.StartsActive ? BackupWait.AtOnce : WaitOf(self)", "WaitOf(self)", nameof(TakeoverTimes)),
        new("Active_Down_Interval has no skew", Router, "ActiveAdverInterval * Parameters.DownTimerAdverts + SkewTime", "ActiveAdverInterval * Parameters.DownTimerAdverts", nameof(TakeoverTimes)),
        new("Skew_Time is twice as long", "KeepalivedAot.Vrrp/Fsm/VrrpTimes.cs", "(256 - priority.Value) / 256", "(256 - priority.Value) / 128", nameof(TakeoverTimes)),
        new("Active_Adver_Interval is not learned", Apply, "ActiveAdverInterval = e.MaxAdvertiseInterval;", "", nameof(TakeoverTimes)),
        new("preempt_delay is over at once", "KeepalivedAot.Vrrp/Fsm/VrrpRouter.Receive.cs", "_preemptDelayEnd = now + Parameters.PreemptDelay;", "_preemptDelayEnd = now;", nameof(TakeoverTimes)),
        new("a changed priority leaves the running timer alone", Apply, "if (transition.Reason.Cause == TransitionCause.PriorityChanged)\n                RearmWait();", "", nameof(TakeoverTimes)),
        new("a role is taken back long after its MASTER was killed", Router, "Silence => Parameters.AdvertisementInterval * Math.Min(Parameters.DownTimerAdverts, UsualPatience)", "Silence => Parameters.AdvertisementInterval * 40", nameof(TakeoverTimes)),
        new("a member of a sync group does not wait for the others", Group, "if (!ReferenceEquals(other, member) && other.WantedState != VrrpState.Active)", "if (other is null)", nameof(TakeoverTimes)),
        new("members of a sync group stay behind", Group, "PullOthers(member, VrrpEventKind.PulledToActive, VrrpState.Active, now);", "Tell(VrrpState.Active);", nameof(GroupsTogether)),
        new("a fault of one member is no fault of the others", Group, "PullOthers(member, VrrpEventKind.PulledToFault, VrrpState.Fault, now);", "Tell(VrrpState.Fault);", nameof(GroupsTogether)),
        new("a MASTER gives up with each advertisement", Fsm, "return Stay(self, e, TransitionCause.AdvertisementDue) with\n                {", "return Change(self, e, VrrpState.Backup, TransitionCause.AdvertisementDue) with\n                {\n                    Wait = BackupWait.ActiveDownInterval,", nameof(QuietNetwork)),
        new("a MASTER advertises once", Router, "_timers.Arm(_adverTimer, next > now ? next : now + Parameters.AdvertisementInterval);", "", nameof(Advertisements)),
        new("the cadence is half as fast", Router, "Instant next = deadline + Parameters.AdvertisementInterval;", "Instant next = deadline + Parameters.AdvertisementInterval * 2;", nameof(Advertisements)),
        new("nobody says that he leaves", Apply, "            Release(now);\n", "            LastAdvertisementAt = now;\n", nameof(Advertisements)),
        new("trackers count the other way round", Router, "Parameters.BasePriority.Value + _priorityAdjustment", "Parameters.BasePriority.Value - _priorityAdjustment", nameof(PriorityDefinition)),
        new("the configured priority is advertised", "KeepalivedAot.Vrrp/Fsm/VrrpRouter.Send.cs", "Send(EffectivePriority, now);", "Send(Parameters.BasePriority, now);", nameof(PriorityDefinition)),
        new("addresses stay", Apply, "        StopAnnouncements();\n        ReleaseAddresses();", "        StopAnnouncements();", nameof(KernelAddresses)),
        new("a killed MASTER waits for its script with addresses that another one may have", "KeepalivedAot.Daemon/Roles/KeptObjects.cs", "var (advertisedAt, limit) } &&", "var (advertisedAt, once) } && once * 20 is var limit &&", nameof(KernelAddresses)),
        new("an address that somebody removed is not missed", "KeepalivedAot.Vrrp/Fsm/VrrpRouter.Inputs.cs", "Decide(new VrrpEvent(VrrpEventKind.VirtualAddressLost) { Address = address }, now);", "", nameof(KernelAddresses)),
        new("nothing is announced", Apply, "        StartAnnouncements(AnnounceReason.BecameActive, now);\n", "", nameof(Announcements)),
        new("nobody is told", Effects, "_services.Notifier?.OnTransition(Block, transition, router.EffectivePriority);", "", nameof(Notifications)),
        new("everybody is told twice", Effects, "_services.Notifier?.OnTransition(Block, transition, router.EffectivePriority);", "_services.Notifier?.OnTransition(Block, transition, router.EffectivePriority);\n        _services.Notifier?.OnTransition(Block, transition, router.EffectivePriority);", nameof(Notifications)),
        new("interfaces of its own stay after the stop", Module, "                instance.LeaveDevices();\n", "                _ = instance;\n", nameof(KernelRestored)),
    ];
}
