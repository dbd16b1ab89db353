using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>When maintenance ends: clocks that are set, machines that sleep, daemons and machines that are started anew.</summary>
public sealed class MaintenanceModeTests : IDisposable, ILogSink
{
    private const string Text = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 100
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """;

    private static readonly UnixTime s_noon = UnixTime.FromSeconds(1_796_000_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("ka-maintenance-").FullName;
    private readonly List<string> _lines = [];
    private ModelWorld _world = null!;
    private readonly Uptime _uptime = new();
    private ModelRouter _router;
    private MaintenanceMode _maintenance;
    private UnixTime _wall = s_noon;

    public MaintenanceModeTests() => (_router, _maintenance) = Make();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    private (ModelRouter, MaintenanceMode) Make()
    {
        Log log = new(this);
        _world = new ModelWorld();
        _world.SetLink(2, "eth0");
        _world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(_world, Text);
        return (router, new MaintenanceMode(router.Module, _world.Timers, () => _wall, _uptime, new EventJournal(() => _wall, log), Path.Combine(_folder, "maintenance.json"), log));
    }

    private void Restart()
    {
        (_router, _maintenance) = Make();
        _maintenance.Resume(_world.Now);
    }

    // All clocks go on.
    private void Pass(double seconds)
    {
        for (double left = seconds; left > 0; left -= 10)
        {
            double step = Math.Min(left, 10);
            _wall += Duration.FromMilliseconds((long)(step * 1000));
            _uptime.Now += Duration.FromMilliseconds((long)(step * 1000));
            _router.Advance(step);
        }
    }

    private void Set(double hours) => _wall += Duration.FromMilliseconds((long)(hours * 3_600_000));

    private void BeginHalfAnHour() => _maintenance.Begin("disks", Duration.FromSeconds(1800), "root", _world.Now);

    [Theory, InlineData(5), InlineData(-5)]
    public void Clock_that_is_set_changes_nothing_but_what_it_shows_at_the_end(double hours)
    {
        BeginHalfAnHour();
        Pass(600);
        Set(hours);
        Pass(1190);
        Assert.NotNull(_maintenance.Current);
        Assert.Equal(VrrpState.Fault, _router.State);
        Assert.Equal(_wall + Duration.FromSeconds(10), _maintenance.Current.Until);
        Pass(20);
        Assert.Null(_maintenance.Current);
        Assert.NotEqual(VrrpState.Fault, _router.State);
    }

    [Theory, InlineData(5), InlineData(-5)]
    public void Clock_that_is_set_while_the_daemon_is_started_anew_changes_nothing_either(double hours)
    {
        BeginHalfAnHour();
        Pass(600);
        Set(hours);
        Restart();
        Assert.Equal(_wall + Duration.FromSeconds(1200), _maintenance.Current?.Until);
        Pass(1190);
        Assert.NotNull(_maintenance.Current);
        Pass(20);
        Assert.Null(_maintenance.Current);
    }

    [Fact]
    public void Time_asleep_counts()
    {
        BeginHalfAnHour();
        Pass(60);
        // The clock of timers stands still meanwhile.
        _wall += Duration.FromSeconds(1790);
        _uptime.Now += Duration.FromSeconds(1790);
        Pass(40);
        Assert.Null(_maintenance.Current);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void After_a_start_of_the_machine_the_clock_on_the_wall_tells_the_end(bool wasSet)
    {
        BeginHalfAnHour();
        Pass(60);
        // What the clock showed at first is forgotten as soon as it is seen to be another one.
        if (wasSet)
        {
            Set(5);
            Pass(60);
        }
        UnixTime until = _maintenance.Current!.Until!.Value;
        _uptime.Boot = "another";
        _uptime.Now = Duration.FromSeconds(5);
        _wall += Duration.FromSeconds(120);
        Restart();
        Assert.Equal(until, _maintenance.Current?.Until);
        // Without a battery it shows nonsense at first, and is set then.
        Set(-100_000);
        Pass(60);
        Assert.NotNull(_maintenance.Current);
        Set(100_000);
        Pass(1800);
        Assert.Null(_maintenance.Current);
    }

    [Fact]
    public void End_that_has_passed_while_the_daemon_did_not_run_is_told()
    {
        BeginHalfAnHour();
        Set(-5);
        _wall += Duration.FromSeconds(1900);
        _uptime.Now += Duration.FromSeconds(1900);
        Restart();
        Assert.Null(_maintenance.Current);
        Assert.Contains(_lines, static line => line.Contains("while the daemon did not run", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private sealed class Uptime : IUptime
    {
        public Duration Now { get; set; } = Duration.FromSeconds(1000);

        public string Boot { get; set; } = "this one";
    }
}
