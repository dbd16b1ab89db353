using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>
/// A MASTER advertises when it becomes one and then in each Advertisement_Interval, nobody else does, and whoever gives the role up by himself says so with
/// priority 0 (RFC 9568, 6.4.3, (600) to (665); 6.4.2; keepalived: also when it has a fault or loses an address).
/// </summary>
/// <remarks>Counted by the host's clock; a wake-up may come late, and who stood still begins anew.</remarks>
internal sealed class Advertisements : Promise, ISimulationObserver
{
    private readonly Voice[] _voices;

    // By host: no advertisement of it is overdue before.
    private readonly Instant[] _earliest;
    private readonly List<VirtualRouter.Member>[] _owing;

    public Advertisements(SimulatedWorld world)
        : base(world)
    {
        _voices = [.. world.Members.Select(static _ => new Voice())];
        _earliest = [.. world.Hosts.Select(static _ => Instant.MaxValue)];
        _owing = [.. world.Hosts.Select(static _ => new List<VirtualRouter.Member>())];
    }

    public override void End()
    {
        foreach (SimulatedHost host in World.Hosts)
        {
            if (host.State == HostState.Running)
                Count(host, Reach.Lateness(host));
        }
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (World.FindMember(host, instance) is not { Running: not null } member)
            return;
        Looks++;
        Voice voice = _voices[member.Number];
        if (transition.To == VrrpState.Active)
        {
            // It is owed in this very turn.
            (voice.IsSpeaking, voice.SpokeAt, voice.Owes) = (true, host.Clock.Now, Owed.Advertisement);
            _owing[host.Number].Add(member);
            Note(member, voice);
            return;
        }
        if (!voice.IsSpeaking)
            return;
        voice.IsSpeaking = false;
        voice.FellSilentAt = Now;
        voice.Owes = Owed.Nothing;
        if (transition.To != VrrpState.Backup || transition.Reason.Cause is TransitionCause.VirtualAddressLost or TransitionCause.PulledToRelease)
        {
            voice.Owes = Owed.Release;
            _owing[host.Number].Add(member);
        }
    }

    void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
    {
        if (!SeenAdvertisement.TryRead(packet, out SeenAdvertisement seen) || seen.MemberAt(port) is not { } member)
            return;
        Looks++;
        Voice voice = _voices[member.Number];
        if (!voice.IsSpeaking && voice.FellSilentAt != Now)
            Break(member, Now, $"advertises (priority {seen.Priority}) without being MASTER");
        if (seen.Priority == 0)
        {
            if (voice.IsSpeaking)
                Break(member, Now, "says that it gives up its role, and does not");
            if (voice.Owes == Owed.Release)
                voice.Owes = Owed.Nothing;
            return;
        }
        if (voice.Owes == Owed.Advertisement)
            voice.Owes = Owed.Nothing;
        voice.SpokeAt = host.Clock.Now;
    }

    void ISimulationObserver.OnTurn(SimulatedHost host)
    {
        Settle(host);
        if (host.Clock.Now >= _earliest[host.Number])
            Count(host, Duration.Zero);
    }

    void ISimulationObserver.OnStopped(SimulatedHost host) => Settle(host);

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        foreach (VirtualRouter.Member member in World.MembersOf(host))
        {
            Voice voice = _voices[member.Number];
            if (host.State == HostState.Running)
                voice.SpokeAt = host.Clock.Now;
            else if (host.State == HostState.Down && voice.IsSpeaking)
                (voice.IsSpeaking, voice.Owes) = (false, Owed.Nothing);
        }
    }

    void ISimulationObserver.OnCarrier(SimulatedHost host, Port port)
    {
        foreach (VirtualRouter.Member member in World.MembersOf(host))
        {
            if (ReferenceEquals(member.Port, port))
                _voices[member.Number].SpokeAt = host.Clock.Now;
        }
    }

    // Without a carrier nothing leaves.
    private void Settle(SimulatedHost host)
    {
        List<VirtualRouter.Member> owing = _owing[host.Number];
        foreach (VirtualRouter.Member member in owing)
        {
            Voice voice = _voices[member.Number];
            if (voice.Owes != Owed.Nothing && host.Kernel.IsUp(member.Port.InterfaceIndex))
                Break(member, Now, voice.Owes == Owed.Release ? "gives up its role without priority 0" : "becomes MASTER without an advertisement");
            voice.Owes = Owed.Nothing;
        }
        owing.Clear();
    }

    private void Count(SimulatedHost host, Duration late)
    {
        _earliest[host.Number] = Instant.MaxValue;
        foreach (VirtualRouter.Member member in World.MembersOf(host))
        {
            Looks++;
            Voice voice = _voices[member.Number];
            if (!voice.IsSpeaking || member.Running is not { } running || !host.Kernel.IsUp(member.Port.InterfaceIndex))
                continue;
            Duration silence = host.Clock.Now - voice.SpokeAt;
            if (silence > running.Block.AdvertisementInterval + Reach.Lateness(host) * 2 + late)
            {
                Break(member, Now, $"MASTER, and silent for {Seconds(silence)}");
                voice.SpokeAt = host.Clock.Now;
            }
            Note(member, voice);
        }
    }

    private void Note(VirtualRouter.Member member, Voice voice)
    {
        Instant due = voice.SpokeAt + member.Running!.Block.AdvertisementInterval;
        if (due < _earliest[member.Host.Number])
            _earliest[member.Host.Number] = due;
    }

    private enum Owed
    {
        Nothing,
        Advertisement,
        Release,
    }

    private sealed class Voice
    {
        public bool IsSpeaking { get; set; }

        public Instant SpokeAt { get; set; }

        public Instant FellSilentAt { get; set; } = new(-1);

        public Owed Owes { get; set; }
    }
}
