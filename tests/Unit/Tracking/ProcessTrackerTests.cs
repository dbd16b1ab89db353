using KeepalivedAot.Base.Time;
using KeepalivedAot.Tracking.Processes;

namespace KeepalivedAot.Tests.Unit.Tracking;

/// <summary>Quorum and delays, in virtual time.</summary>
public sealed class ProcessTrackerTests : IQuorumObserver
{
    private static readonly Duration s_forkDelay = Duration.FromSeconds(1);
    private static readonly Duration s_terminateDelay = Duration.FromSeconds(2);

    private readonly TimerQueue _timers = new();
    private readonly List<(long Milliseconds, bool IsMet)> _reports = [];
    private Instant _now;

    void IQuorumObserver.OnQuorum(ProcessTracker tracker, bool isMet, Instant now)
    {
        Assert.Equal(isMet, tracker.IsMet);
        _reports.Add(((now - default(Instant)).WholeMilliseconds, isMet));
    }

    [Theory]
    [InlineData(1, null, 0, false)]
    [InlineData(1, null, 1, true)]
    [InlineData(1, null, 1000, true)]
    [InlineData(2, 3, 1, false)]
    [InlineData(2, 3, 2, true)]
    [InlineData(2, 3, 3, true)]
    [InlineData(2, 3, 4, false)]
    [InlineData(1, 0, 0, true)]
    [InlineData(1, 0, 1, false)]
    public void Start_count_decidesWithoutAReport(int least, int? most, int count, bool isMet)
    {
        ProcessTracker tracker = New(new ProcessQuorum(least, most), Duration.Zero, Duration.Zero);
        tracker.Start(count);
        Assert.Equal(isMet, tracker.IsMet);
        Assert.Empty(_reports);
    }

    [Fact]
    public void OnCount_withoutDelays_reportsAtOnceAndOnlyChanges()
    {
        ProcessTracker tracker = New(new ProcessQuorum(2, null), Duration.Zero, Duration.Zero);
        tracker.Start(0);
        foreach (int count in (int[])[1, 2, 3, 2, 1, 0, 2])
            tracker.OnCount(count, _now);
        Assert.Equal([true, false, true], _reports.Select(report => report.IsMet));
    }

    [Fact]
    public void OnCount_processAppears_countsAfterTheForkDelay()
    {
        ProcessTracker tracker = New(new ProcessQuorum(2, 2));
        tracker.Start(0);
        tracker.OnCount(2, _now);
        RunTo(5000);
        // One too many: the quorum is lost, but by a process that appeared.
        tracker.OnCount(3, _now);
        RunTo(10000);
        Assert.Equal([(1000, true), (6000, false)], _reports);
    }

    [Fact]
    public void OnCount_processEnds_countsAfterTheTerminateDelay()
    {
        ProcessTracker tracker = New(new ProcessQuorum(2, 2));
        tracker.Start(3);
        tracker.OnCount(2, _now);
        RunTo(5000);
        tracker.OnCount(1, _now);
        RunTo(10000);
        Assert.Equal([(2000, true), (7000, false)], _reports);
    }

    [Fact]
    public void OnCount_changeThatDoesNotLast_leavesNoTrace()
    {
        ProcessTracker tracker = New(new ProcessQuorum(1, null));
        tracker.Start(1);
        tracker.OnCount(0, _now);
        RunTo(1900);
        tracker.OnCount(1, _now);
        RunTo(10000);
        Assert.Empty(_reports);
        Assert.Equal(0, _timers.ArmedCount);
    }

    [Fact]
    public void OnCount_moreOfTheSame_doesNotPutTheReportOff()
    {
        ProcessTracker tracker = New(new ProcessQuorum(3, null));
        tracker.Start(5);
        tracker.OnCount(2, _now);
        RunTo(1500);
        tracker.OnCount(1, _now);
        RunTo(10000);
        Assert.Equal([(2000, false)], _reports);
    }

    [Fact]
    public void Retire_whileADelayRuns_reportsNothing()
    {
        ProcessTracker tracker = New(new ProcessQuorum(1, null));
        tracker.Start(0);
        tracker.OnCount(1, _now);
        tracker.Retire();
        RunTo(10000);
        Assert.Empty(_reports);
    }

    private ProcessTracker New(ProcessQuorum quorum) => New(quorum, s_forkDelay, s_terminateDelay);

    private ProcessTracker New(ProcessQuorum quorum, Duration forkDelay, Duration terminateDelay)
        => new(quorum, forkDelay, terminateDelay, _timers, this);

    private void RunTo(long milliseconds)
    {
        Instant end = default(Instant) + Duration.FromMilliseconds(milliseconds);
        while (_timers.TryPeek(out Instant deadline) && deadline <= end)
        {
            _now = deadline;
            _timers.TryFire(_now);
        }
        _now = end;
    }
}
