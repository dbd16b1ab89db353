using System.Diagnostics;
using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Daemon.Tracking.Processes;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tests.Unit.Config;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Tracked processes on this host. The loop is not turned, so what the kernel tells does not come by itself.</summary>
public sealed class ProcessTrackersTests : ILogSink, ITrackerSink, IDisposable
{
    private const string Subscribed = "proc_events has confirmed it is configured";

    private readonly EventLoop _loop = EventLoop.Open(out _)!;
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, TrackerReading> _readings = [];
    private readonly ProcessTrackers _trackers;
    private Process? _running;

    public ProcessTrackersTests() => _trackers = new ProcessTrackers(_loop, this, new Log(this));

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    void ITrackerSink.Report(TrackerId tracker, TrackerReading reading, Instant now, string? because) => _readings[tracker.Name] = reading;

    public void Dispose()
    {
        _trackers.Dispose();
        _loop.Dispose();
        _running?.Kill();
        _running?.Dispose();
    }

    private void Track(string blocks)
    {
        Configuration configuration = ConfigText.Load(blocks + ConfigText.File("")).Configuration;
        _trackers.Track(configuration.TrackProcesses, configuration.GlobalDefs, _loop.Now);
    }

    private static string Block(string name, string process, string more = "") => $"vrrp_track_process {name} {{\nprocess {process}\n{more}\n}}\n";

    /// <summary>Starts a process that no other has the command line of.</summary>
    private string Run()
    {
        string seconds = string.Create(CultureInfo.InvariantCulture, $"60.{Environment.ProcessId}{Environment.CurrentManagedThreadId:0000}");
        _running = Process.Start("sleep", seconds);
        return $"sleep {seconds}";
    }

    // It is as if it had ended: whoever searches finds that it has not.
    private void SayItHasEnded() => ((IProcessObserver)_trackers).OnExited(_running!.Id, _loop.Now);

    [Fact]
    public void Track_theSameAgain_searchesForNothing()
    {
        string process = Run();
        Track(Block("p", process));
        Assert.Equal(TrackerReading.Good, _readings["p"]);
        SayItHasEnded();
        Assert.Equal(TrackerReading.Bad, _readings["p"]);
        Track(Block("p", process));
        Assert.Equal(TrackerReading.Bad, _readings["p"]);
    }

    [Fact]
    public void Track_theSameAgain_keepsADelayThatRuns()
    {
        string process = Run();
        Track(Block("p", process, "terminate_delay 3"));
        ((IProcessObserver)_trackers).OnSubscribed(_loop.Now);
        Instant now = FireAll(_loop.Now, steps: 100_000);
        SayItHasEnded();
        Track(Block("p", process, "terminate_delay 3"));
        Assert.Equal(TrackerReading.Good, _readings["p"]);
        FireAll(now, steps: 1);
        Assert.Equal(TrackerReading.Bad, _readings["p"]);
        Assert.Equal([Subscribed, "Quorum lost for tracked process p"], _lines);
    }

    [Fact]
    public void Track_anotherProcessToo_searchesForThatOne()
    {
        string process = Run();
        Track(Block("p", process));
        SayItHasEnded();
        Track(Block("p", process) + Block("q", process, "param_match partial"));
        Assert.Equal((TrackerReading.Bad, TrackerReading.Good), (_readings["p"], _readings["q"]));
        Track(Block("p", process, "param_match initial"));
        Assert.Equal(TrackerReading.Good, _readings["p"]);
    }

    [Fact]
    public void Track_theSameProcessOtherwise_judgesWhatIsKnown()
    {
        string process = Run();
        Track(Block("p", process));
        SayItHasEnded();
        Track(Block("p", process, "quorum_max 0") + Block("q", process));
        Assert.Equal((TrackerReading.Good, TrackerReading.Bad), (_readings["p"], _readings["q"]));
    }

    // A kind that is kept has met its processes in a search before; the next search must not take that for its own.
    [Fact]
    public void Search_afterAnotherProcessIsTracked_dropsWhatHasEnded()
    {
        string process = Run();
        Track(Block("p", process));
        Track(Block("p", process) + Block("q", "no-such-process"));
        _running!.Kill();
        _running.WaitForExit();
        ((IProcessObserver)_trackers).OnSubscribed(_loop.Now);
        FireAll(_loop.Now, steps: 100_000);
        Assert.Equal(TrackerReading.Bad, _readings["p"]);
    }

    [Fact]
    public void Subscription_outlivesAReload()
    {
        IProcessObserver observer = _trackers;
        Track(Block("p", "no-such-process"));
        observer.OnSubscribed(_loop.Now);
        Track(Block("q", "no-other-process"));
        observer.OnSubscribed(_loop.Now);
        Assert.Single(_lines, Subscribed);
        // Without anything to track, nothing is listened to.
        Track("");
        Assert.Equal(0, _loop.Timers.ArmedCount);
        Track(Block("q", "no-other-process"));
        observer.OnSubscribed(_loop.Now);
        Assert.Equal(2, _lines.Count(static line => line == Subscribed));
    }

    [Fact]
    public void OnLost_againAndAgain_isOneLineAndTheSearchEnds()
    {
        Track(Block("p", "no-such-process"));
        IProcessObserver observer = _trackers;
        observer.OnSubscribed(_loop.Now);
        // The search that follows a subscription is under way: whatever is lost now is met by the one after it.
        int searches = 0;
        for (Instant now = _loop.Now; searches < 3; searches++)
        {
            for (int i = 0; i < 1000; i++)
                observer.OnLost(Errno.ENOBUFS, now);
            now = FireAll(now, steps: 100_000);
        }
        // One for each time that something was lost while nobody was searching.
        Assert.InRange(_lines.Count(line => line.StartsWith("Process events were lost (", StringComparison.Ordinal)), 1, 3);
        Assert.Equal(0, _loop.Timers.ArmedCount);
    }

    // Until nothing is armed any more, in virtual time.
    private Instant FireAll(Instant now, int steps)
    {
        for (; steps > 0 && _loop.Timers.TryPeek(out Instant deadline); steps--)
        {
            now = deadline > now ? deadline : now;
            _loop.Timers.TryFire(now);
        }
        return now;
    }
}
