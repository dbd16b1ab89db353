using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tracking.Processes;

/// <summary>Whoever wants to know whether enough processes run.</summary>
public interface IQuorumObserver
{
    /// <summary>It is another answer now, and has been for as long as the delays ask.</summary>
    void OnQuorum(ProcessTracker tracker, bool isMet, Instant now);
}
