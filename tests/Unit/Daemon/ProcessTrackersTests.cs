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

/// <summary>Tracked processes on this host, where none has such a name.</summary>
public sealed class ProcessTrackersTests : ILogSink, ITrackerSink, IDisposable
{
    private readonly EventLoop _loop = EventLoop.Open(out _)!;
    private readonly List<string> _lines = [];
    private readonly ProcessTrackers _trackers;

    public ProcessTrackersTests()
    {
        _trackers = new ProcessTrackers(_loop, this, new Log(this));
        Configuration configuration = ConfigText.Load("vrrp_track_process p {\nprocess no-such-process\n}\n" + ConfigText.File("track_process {\np\n}")).Configuration;
        _trackers.Track(configuration.TrackProcesses, configuration.GlobalDefs, _loop.Now);
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    void ITrackerSink.Report(TrackerId tracker, TrackerReading reading, Instant now, string? because) => Assert.Equal(TrackerReading.Bad, reading);

    void ITrackerSink.Prepare(TrackerId tracker, TrackerReading reading, string? because) => Assert.Equal(TrackerReading.Bad, reading);

    public void Dispose()
    {
        _trackers.Dispose();
        _loop.Dispose();
    }

    [Fact]
    public void OnLost_againAndAgain_isOneLineAndTheSearchEnds()
    {
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
