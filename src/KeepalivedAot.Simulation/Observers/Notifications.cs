using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Each change of state is told once, in its order, and of a sync group behind those of its members (vrrp.md, 17).</summary>
/// <remarks>Told is who would tell scripts and FIFOs; the world has neither. At the start a group speaks before its members.</remarks>
internal sealed class Notifications(SimulatedWorld world) : Promise(world), ISimulationObserver
{
    private readonly Dictionary<(SimulatedHost Host, string Subject, bool IsGroup), Ledger> _ledgers = [];
    private readonly HashSet<Ledger> _open = [];
    private readonly HashSet<SimulatedHost> _down = [];

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
        => Expect(host, instance, isGroup: false, transition.To, isStart: transition.From == VrrpState.Initialize);

    void ISimulationObserver.OnGroup(SimulatedHost host, string group, VrrpState state)
        => Expect(host, group, isGroup: true, state, isStart: !_ledgers.TryGetValue((host, group, true), out Ledger? ledger) || ledger.Last is null or VrrpState.Initialize);

    void ISimulationObserver.OnNotified(SimulatedHost host, string subject, bool isGroup, VrrpState state)
    {
        Looks++;
        Ledger ledger = LedgerOf(host, subject, isGroup);
        if (!ledger.Expected.TryDequeue(out VrrpState expected))
            Break(host, $"{subject} is said to be {state}, and nothing has changed");
        else if (expected != state)
            Break(host, $"{subject} is said to be {state}, and is {expected}");
        if (!isGroup && ledger.Last == state)
            Break(host, $"{subject} is said to be {state} for the second time");
        ledger.Last = state;
        if (isGroup && !ledger.IsStart && state is VrrpState.Active or VrrpState.Fault)
            CompareMembers(host, subject, state);
        if (ledger.Expected.Count == 0)
            _open.Remove(ledger);
    }

    void ISimulationObserver.OnTurn(SimulatedHost host) => Close(host);

    void ISimulationObserver.OnStopped(SimulatedHost host) => Close(host);

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        // Who is killed tells nobody, and the next one begins anew.
        if (state == HostState.Down)
            _down.Add(host);
        else if (_down.Remove(host))
            ForgetAll(host);
    }

    private void Expect(SimulatedHost host, string subject, bool isGroup, VrrpState state, bool isStart)
    {
        Ledger ledger = LedgerOf(host, subject, isGroup);
        if (isStart)
            ledger.Last = null;
        ledger.IsStart = isStart;
        ledger.Expected.Enqueue(state);
        _open.Add(ledger);
    }

    private void Close(SimulatedHost host)
    {
        if (_open.Count == 0)
            return;
        foreach (Ledger ledger in _open.Where(ledger => ReferenceEquals(ledger.Host, host)).ToArray())
        {
            Break(host, $"nobody is told that {ledger.Subject} is {ledger.Expected.Peek()}");
            ledger.Expected.Clear();
            _open.Remove(ledger);
        }
    }

    // When it is told of a group, of each member it has been told.
    private void CompareMembers(SimulatedHost host, string group, VrrpState state)
    {
        foreach (Config.Vrrp.VrrpSyncGroupBlock block in host.Configuration?.VrrpSyncGroups ?? [])
        {
            if (block.Name != group)
                continue;
            foreach (string member in block.Members.Select(static named => named.Name))
            {
                if (LedgerOf(host, member, isGroup: false).Last is { } told && told != state)
                    Break(host, $"group {group} is said to be {state} before its member {member}");
            }
        }
    }

    private Ledger LedgerOf(SimulatedHost host, string subject, bool isGroup)
    {
        if (!_ledgers.TryGetValue((host, subject, isGroup), out Ledger? ledger))
            _ledgers.Add((host, subject, isGroup), ledger = new Ledger(host, subject));
        return ledger;
    }

    private void ForgetAll(SimulatedHost host)
    {
        foreach (Ledger ledger in _ledgers.Values.Where(ledger => ReferenceEquals(ledger.Host, host)))
        {
            ledger.Expected.Clear();
            ledger.Last = null;
            _open.Remove(ledger);
        }
    }

    private void Break(SimulatedHost host, string what)
    {
        if (World.MembersOf(host) is [var first, ..])
            Break(first.Router, Now, $"{host.Name}: {what}");
    }

    private sealed class Ledger(SimulatedHost host, string subject)
    {
        public SimulatedHost Host => host;

        public string Subject => subject;

        public Queue<VrrpState> Expected { get; } = new();

        public VrrpState? Last { get; set; }

        public bool IsStart { get; set; }
    }
}
