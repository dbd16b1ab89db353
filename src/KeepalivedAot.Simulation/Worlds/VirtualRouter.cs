using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;

namespace KeepalivedAot.Simulation.Worlds;

/// <summary>A virtual router: what all instances of one VRID, of one family, on one segment are together.</summary>
/// <param name="number">Its place among those of the world.</param>
internal sealed class VirtualRouter(int number, string segment, byte vrid, AddressFamily family)
{
    private readonly List<Member> _members = [];

    public int Number => number;

    public string Segment => segment;

    public byte Vrid => vrid;

    public AddressFamily Family => family;

    /// <summary>In the order of the hosts.</summary>
    public IReadOnlyList<Member> Members => _members;

    public override string ToString() => $"VRID {vrid} on {segment}{(family == AddressFamily.IPv6 ? " (IPv6)" : "")}";

    /// <summary>In which a member advertises, or has done so: whoever was heard last has taught it to the others.</summary>
    public Duration LongestInterval { get; private set; }

    /// <summary>Those that sync groups join to it, it among them: what is done to one may matter to all.</summary>
    public IReadOnlyList<VirtualRouter> Kin { get; internal set; } = [];

    public void OnInterval(Duration advertises) => LongestInterval = Duration.Max(LongestInterval, advertises);

    /// <param name="number">Its place among those of the world.</param>
    public Member Add(int number, SimulatedHost host, Port port, string instance)
    {
        Member member = new(number, this, host, port, instance);
        port.Add(member);
        _members.Add(member);
        return member;
    }

    /// <summary>An instance of it, on a host, and what it has been.</summary>
    public sealed class Member(int number, VirtualRouter router, SimulatedHost host, Port port, string instance)
    {
        private long _generation = -1;
        private VrrpInstance? _running;

        private readonly List<Phase> _phases = [];

        public int Number => number;

        public VirtualRouter Router => router;

        public SimulatedHost Host => host;

        /// <summary>Where its interface is plugged in.</summary>
        public Port Port => port;

        public string Instance => instance;

        /// <summary>The instance at work; null while no daemon has it.</summary>
        public VrrpInstance? Running
        {
            get
            {
                // At its very start a daemon has none yet.
                if (_generation != host.Generation || _running is null)
                    Find();
                return _running;
            }
        }

        private void Find()
        {
            (_generation, _running) = (host.Generation, host.FindInstance(instance));
            // One of that name in another virtual router is another member.
            if (_running is { Block: var block } && (block.VirtualRouterId != router.Vrid || block.Family != router.Family || block.Interface != port.Interface))
                _running = null;
            if (_running is not null)
                router.OnInterval(_running.Block.AdvertisementInterval);
        }

        /// <summary>What it is, and was, in its order; the first begins with the world.</summary>
        public IReadOnlyList<Phase> Phases => _phases;

        public Phase Now => _phases[^1];

        /// <summary>Of changes at one moment the last counts.</summary>
        public RouterState StateAt(Instant at)
        {
            int after = 0;
            for (int end = _phases.Count; after < end;)
            {
                int middle = (after + end) / 2;
                if (_phases[middle].Since <= at)
                    after = middle + 1;
                else
                    end = middle;
            }
            return after == 0 ? RouterState.None : _phases[after - 1].State;
        }

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
