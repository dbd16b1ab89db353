using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;

namespace KeepalivedAot.Simulation.Worlds;

/// <summary>A virtual router: what all instances of one VRID, of one family, on one segment are together.</summary>
internal sealed class VirtualRouter(string segment, byte vrid, AddressFamily family)
{
    private readonly List<Member> _members = [];

    public string Segment => segment;

    public byte Vrid => vrid;

    public AddressFamily Family => family;

    /// <summary>In the order of the hosts.</summary>
    public IReadOnlyList<Member> Members => _members;

    public override string ToString() => $"VRID {vrid} on {segment}{(family == AddressFamily.IPv6 ? " (IPv6)" : "")}";

    public Member Add(SimulatedHost host, string instance, Port port)
    {
        Member member = new(this, host, instance, port);
        _members.Add(member);
        return member;
    }

    /// <summary>An instance of it, on a host, and what it has been.</summary>
    public sealed class Member(VirtualRouter router, SimulatedHost host, string instance, Port port)
    {
        private readonly List<Phase> _phases = [];

        public VirtualRouter Router => router;

        public SimulatedHost Host => host;

        public string Instance => instance;

        /// <summary>Where it is plugged in.</summary>
        public Port Port => port;

        /// <summary>What it is, and was, in its order; the first begins with the world.</summary>
        public IReadOnlyList<Phase> Phases => _phases;

        public Phase Now => _phases[^1];

        /// <summary>Of changes at one moment the last counts.</summary>
        public RouterState StateAt(Instant at) => _phases.FindLast(phase => phase.Since <= at)?.State ?? RouterState.None;

        public bool IsMaster => Now.State == RouterState.Master;

        public void Enter(RouterState state, Instant at, string reason) => _phases.Add(new Phase(state, at, reason));
    }

    /// <param name="Reason">A sentence, as the daemon's log has it.</param>
    public sealed record Phase(RouterState State, Instant Since, string Reason);
}

/// <summary>What an instance is, seen from outside.</summary>
internal enum RouterState
{
    /// <summary>There is no daemon, or it has not got there yet.</summary>
    None,
    Backup,
    Master,
    Fault,
}
