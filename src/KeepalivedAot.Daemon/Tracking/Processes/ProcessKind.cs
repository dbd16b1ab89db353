using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Tracking;
using KeepalivedAot.Tracking.Processes;

namespace KeepalivedAot.Daemon.Tracking.Processes;

/// <summary>One <c>vrrp_track_process</c>: which processes are meant, and which of them run.</summary>
internal sealed class ProcessKind
{
    // When each was last seen, as the number of the search that saw it.
    private readonly Dictionary<int, int> _running = [];
    private readonly VrrpTrackProcessBlock _block;

    public ProcessKind(VrrpTrackProcessBlock block, TimerQueue timers, IQuorumObserver observer)
    {
        _block = block;
        Id = new TrackerId(TrackerKind.Process, block.Name);
        Pattern = new ProcessPattern(block.Process!.Program, block.Process.Parameters, RuleOf(block.ParameterMatch), block.FullCommand);
        Tracker = new ProcessTracker(
            new ProcessQuorum(block.Quorum, block.QuorumMaximum), block.ForkDelay, block.TerminateDelay, timers, observer);
    }

    public TrackerId Id { get; }

    public ProcessPattern Pattern { get; }

    public ProcessTracker Tracker { get; }

    public int Count => _running.Count;

    public Dictionary<int, int>.KeyCollection Running => _running.Keys;

    /// <summary>Whether this one is what a block of another configuration asks for.</summary>
    public bool IsOf(VrrpTrackProcessBlock block)
        => block.Name == Id.Name && MeansThoseOf(block) && block.Quorum == _block.Quorum && block.QuorumMaximum == _block.QuorumMaximum
            && block.ForkDelay == _block.ForkDelay && block.TerminateDelay == _block.TerminateDelay;

    /// <summary>Whether the same processes are meant, whatever is concluded from them: then what runs is known.</summary>
    public bool Means(ProcessKind other) => MeansThoseOf(other._block);

    /// <summary>Takes over which of them run, from one that means the same.</summary>
    public void Inherit(ProcessKind former)
    {
        foreach ((int pid, int seen) in former._running)
            _running[pid] = seen;
    }

    public bool Has(int pid) => _running.ContainsKey(pid);

    /// <summary>A process is one of them, or is not.</summary>
    /// <param name="search">The number of the search that is under way, or of the last one.</param>
    public void Set(int pid, bool isOne, int search)
    {
        if (isOne)
            _running[pid] = search;
        else
            _running.Remove(pid);
    }

    /// <summary>Drops those that a search of all processes did not meet.</summary>
    public void DropUnseen(int search)
    {
        foreach ((int pid, int seen) in _running)
        {
            // The dictionary may be changed so while it is walked.
            if (seen != search)
                _running.Remove(pid);
        }
    }

    private bool MeansThoseOf(VrrpTrackProcessBlock block)
        => block.Process!.Program == _block.Process!.Program && block.Process.Parameters.SequenceEqual(_block.Process.Parameters)
            && block.ParameterMatch == _block.ParameterMatch && block.FullCommand == _block.FullCommand;

    private static ParameterRule RuleOf(ParameterMatch match) => match switch
    {
        ParameterMatch.Exact => ParameterRule.Exact,
        ParameterMatch.Partial => ParameterRule.First,
        ParameterMatch.Initial => ParameterRule.Beginning,
        _ => ParameterRule.Ignored,
    };
}
