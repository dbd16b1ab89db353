using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>Gives the inputs of a record to the VRRP module, in their order and at their times.</summary>
internal sealed class Replayer
{
    private const string NoSettings = "no-settings";

    private readonly RecordReader _reader;
    private readonly ReplayWorld _world = new();
    private readonly ReplayJournal _journal = new();
    private readonly ReplayKeys _keys = new();
    private readonly InterfaceTable _interfaces = new(new Log(NoLog.Instance));
    private readonly Action<string> _tell;
    private VrrpModule? _module;
    private LoadResult? _read;
    private PlannedSide? _next;
    private PlannedSide? _running;

    /// <param name="tell">Is given each line of the journal.</param>
    public Replayer(RecordReader reader, Action<string> tell)
    {
        _reader = reader;
        _tell = tell;
        _world.Observe(_interfaces);
    }

    public long EventCount { get; private set; }

    /// <summary>The version of the program that recorded.</summary>
    public string Version { get; private set; } = "";

    /// <summary>To its end, or to where it departs (<see cref="DepartureException"/>) or makes no sense (<see cref="RecordException"/>).</summary>
    public void Run()
    {
        _reader.ReadHeader();
        while (_reader.Read() is { } input)
        {
            try
            {
                Take(input);
            }
            catch (RecordEndException)
            {
                return;
            }
            catch (OverflowException)
            {
                throw input.Line.Wrong("a time is out of its range");
            }
            catch (Exception e) when (e is not (RecordException or DepartureException))
            {
                // What broke the daemon breaks it again: that is what was looked for.
                throw new DepartureException(input.Line.Number, $"the program fails here: {e.GetType().Name}: {e.Message}");
            }
        }
    }

    private void Take(RecordInput input)
    {
        Instant now = _world.Begin(input, hasTime: HasTime(input.Kind));
        _journal.Begin(input);
        try
        {
            Do(input, now);
            _journal.End();
            _world.End();
        }
        catch (DepartureException) when (input.IsCut)
        {
            throw new RecordEndException();
        }
        foreach (string line in ReplayJournal.LinesOf(input))
        {
            EventCount++;
            _tell(line);
        }
    }

    private static bool HasTime(string kind) => kind is "start" or "reload" or "stop" or "stop-keeping" or "maintenance" or "maintenance-over" or "yield" or "adjust" or "tracker"
        or "timers" or "turn" or "turn-end" or "packet" or "neighbour";

    private void Do(RecordInput input, Instant now)
    {
        RecordLine line = input.Line;
        if (RecordedReports.IsReport(input.Kind))
        {
            RecordedReports.Tell(input.Kind, line, _interfaces);
            return;
        }
        switch (input.Kind)
        {
            case "version":
                Version = line.Escaped();
                break;
            case "tells":
                _world.TellsWhoAddedAddresses = line.Int() != 0;
                _world.TellsInterfaceKinds = line.Int() != 0;
                _world.BootId = line.Escaped();
                break;
            case "config":
                Read(input);
                break;
            case "module":
                _module = new VrrpModule(_world, _interfaces, new Log(NoLog.Instance), journal: _journal);
                break;
            case "end":
                break;
            case "refused" when _module is not null:
                _module.ForgetInterfaces();
                break;
            default:
                DoWithModule(input, _module ?? throw line.Wrong("nothing has been put together yet"), now);
                break;
        }
    }

    private void DoWithModule(RecordInput input, VrrpModule module, Instant now)
    {
        RecordLine line = input.Line;
        switch (input.Kind)
        {
            case "start":
                _running = _next ?? throw line.Wrong("there is no configuration");
                _keys.Take(_read!.Configuration);
                module.Start(_read.Configuration, now);
                break;
            case "reload":
                PlannedSide next = _next ?? throw line.Wrong("there is no configuration");
                ReloadPlan plan = ReloadPlan.Make(_running ?? throw line.Wrong("there was no start"), next);
                _running = next;
                _keys.Take(_read!.Configuration);
                module.Reload(_read.Configuration, plan, now);
                break;
            case "stop" or "stop-keeping":
                module.Stop(keepAddresses: input.Kind == "stop-keeping", now);
                break;
            case "settings":
                module.Apply(SettingsOf(line));
                break;
            case "slept":
                module.OnSlept(Duration.FromNanoseconds(line.Long()));
                break;
            case "maintenance":
                module.BeginMaintenance(line.Escaped(), now);
                break;
            case "maintenance-over":
                module.EndMaintenance(line.Escaped(), now);
                break;
            case "yield":
                Instance(module, line).Router.Yield(now, line.Escaped());
                break;
            case "stop-yielding":
                Instance(module, line).Router.StopYielding();
                break;
            case "adjust":
                Instance(module, line).RequestAdjustment(line.Int(), line.Escaped(), now);
                break;
            case "announce":
                Instance(module, line).Router.AnnounceAgain();
                break;
            case "tracker":
                module.Trackers.Report(new TrackerId((TrackerKind)line.Byte(), line.Escaped()), ReadingOf(line), now, line.HasMore ? line.Escaped() : null);
                break;
            case "timers":
                for (int left = ReplayedTurn.MostTimers; left > 0 && _world.Timers.TryFire(now); left--)
                {
                }
                break;
            case "turn":
                module.OnTurnStart(now);
                break;
            case "turn-end":
                module.OnTurnEnd(now);
                break;
            case "packet":
                Hear(input, now);
                break;
            case "receive-failed":
                _world.Receiver(line, line.Int()).OnReceiveFailed(line.Errno());
                break;
            case "neighbour":
                int listener = line.Int();
                MacAddress sender = line.Mac();
                _world.Listener(line, listener).OnNeighbour(line.Hex(), sender, now);
                break;
            case "listen-failed":
                _world.Listener(line, line.Int()).OnListenFailed(line.Errno());
                break;
            case "route-gone":
                _world.Routing?.OnRouteGone(RecordedReports.Route(line));
                break;
            case "rule-gone":
                _world.Routing?.OnRuleGone(RecordedReports.Rule(line));
                break;
            case "routing-lost":
                _world.Routing?.OnRoutingLost(line.Errno());
                break;
            case "routing-malformed":
                _world.Routing?.OnRoutingMalformed((Linux.Netlink.NetlinkFault)line.Int());
                break;
            case "ruleset-changed":
                _world.Ruleset?.OnRulesetChanged();
                break;
            default:
                throw line.Wrong($"there is no input '{input.Kind}'");
        }
    }

    private void Hear(RecordInput input, Instant now)
    {
        RecordLine line = input.Line;
        int receiver = line.Int();
        IpAddress source = line.Ip();
        IpAddress destination = line.Ip();
        int hopLimit = line.Int();
        byte[] bytes = line.Hex();
        if (_world.Take(" forged") is null)
            _keys.Seal(bytes, destination.IsNone ? source.Family : destination.Family, source);
        _world.Receiver(line, receiver).OnDatagram(new VrrpDatagram { Bytes = bytes, Source = source, Destination = destination, HopLimit = hopLimit }, now);
    }

    // As it was understood, and as it is checked against the interfaces that there were.
    private void Read(RecordInput input)
    {
        StringBuilder text = new();
        foreach (RecordLine line in input.Below)
        {
            if (!line.Text.StartsWith(" |", StringComparison.Ordinal))
                continue;
            line.IsTaken = true;
            text.Append(line.Text.AsSpan(2)).Append('\n');
        }
        string name = $"configuration at line {input.Line.Number}";
        ConfigurationReader reader = new(name, NoSettings, _interfaces, TakeSnapshot, new TextInMemory(name, Encoding.UTF8.GetBytes(text.ToString())), new LoadOptions(), _keys);
        LoadResult read = reader.Read(isTest: false);
        _read = read;
        _next = read.CanRun ? PlannedSide.Of(read, DaemonIdentity.Of(new DaemonOptions(), read.Configuration), keepsText: false) : null;
    }

    // What was told then comes next in the record, with what came of it.
    private void TakeSnapshot()
    {
        while (_reader.Peek() is { } report && RecordedReports.IsReport(report.Kind))
        {
            _reader.Read();
            Take(report);
            if (report.Line.Text.StartsWith("snapshot-end 0 ", StringComparison.Ordinal))
                return;
        }
    }

    private static Settings SettingsOf(RecordLine line)
    {
        bool reasserts = line.Word() == "reassert";
        bool watches = line.Word() == "watch";
        return Config.Toml.Settings.Default with { Reasserts = reasserts, Watch = Config.Toml.Settings.Default.Watch with { IsEnabled = watches } };
    }

    private static TrackerReading ReadingOf(RecordLine line)
    {
        TrackerCondition condition = (TrackerCondition)line.Byte();
        int value = line.Int();
        return condition switch
        {
            TrackerCondition.Good => TrackerReading.Good,
            TrackerCondition.Bad => TrackerReading.Bad,
            TrackerCondition.Absent => TrackerReading.Absent,
            TrackerCondition.Number => TrackerReading.OfNumber(value),
            _ => TrackerReading.Unknown,
        };
    }

    private static VrrpInstance Instance(VrrpModule module, RecordLine line)
    {
        string name = line.Escaped();
        return module.Instances.FirstOrDefault(instance => instance.Name == name) ?? throw line.Wrong($"there is no instance '{name}'");
    }
}
