using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Simulation.Kernel;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Simulation.Hosts;

/// <summary>A host with a kernel and, while it runs, a daemon: the real configuration, the real VRRP module, in turns as the real loop has them.</summary>
/// <remarks>Input before timers, output at the end of the turn, and a moment between an event and the turn that deals with it.</remarks>
internal sealed class SimulatedHost : IKernelEvents, ILogSink, IEventJournal, IVrrpNotifier, IGroupObserver
{
    // As long as it takes a process of a busy machine to get the processor.
    public static readonly Duration UsualWakeup = Duration.FromMicroseconds(50);

    // A script's first result comes when it has run, and so long that takes where nobody says otherwise.
    private static readonly Duration s_usualRun = Duration.FromMilliseconds(10);

    private static readonly KeyStandIns s_keys = new();

    private readonly Schedule _schedule;
    private readonly ISimulationObserver _observer;
    private readonly Chance _chance;
    private readonly HostFiles _files;
    private readonly Dictionary<string, Port> _ports = [];
    private readonly Dictionary<int, Port> _portsByIndex = [];
    private readonly Dictionary<string, VrrpInstance> _byName = [];
    private readonly Dictionary<TrackerId, TrackerReading> _readings = [];
    private readonly Dictionary<string, Duration> _runs = [];
    private VrrpModule? _module;
    private InterfaceTable? _interfaces;
    private PlannedSide? _running;
    private HashSet<string> _knownErrors = [];
    private Instant _nextTurn = Instant.MaxValue;
    private Duration _wakeup = UsualWakeup;
    private Duration _slept;
    private bool _hangsUp;
    private long _turn;
    private int _starts;

    /// <param name="name">In reports, and by which faults are given: <c>m1</c>.</param>
    /// <param name="path">Of its configuration, in diagnostics.</param>
    public SimulatedHost(string name, string path, Schedule schedule, ulong seed, ISimulationObserver observer, Config.Text.IConfigFiles files)
    {
        Name = name;
        Path = path;
        _schedule = schedule;
        _observer = observer;
        _chance = Chance.For(seed, name);
        _files = new HostFiles(path, files);
        Clock = new HostClock(schedule);
        Kernel = new SimulatedKernel(Clock, this);
    }

    public string Name { get; }

    public string Path { get; }

    /// <summary>Its place among those of the world.</summary>
    public int Number { get; init; }

    public HostClock Clock { get; }

    public SimulatedKernel Kernel { get; }

    public HostState State { get; private set; }

    /// <summary>In the order of the configuration; empty while there is no daemon.</summary>
    public IReadOnlyList<VrrpInstance> Instances => _module?.Instances ?? [];

    /// <summary>Changes with the daemon and its configuration.</summary>
    public long Generation { get; private set; }

    /// <summary>What the daemon runs with; null while there is none.</summary>
    public Configuration? Configuration { get; private set; }

    /// <summary>When the daemon started, by the host's clock.</summary>
    public Instant StartedAt { get; private set; }

    /// <summary>How many turns its daemons have had.</summary>
    public long Turns { get; private set; }

    /// <summary>How long a wake-up takes, up to twice of it.</summary>
    public Duration Wakeup
    {
        get => _wakeup;
        set
        {
            _wakeup = value;
            SlowestWakeup = Duration.Max(SlowestWakeup, value);
        }
    }

    /// <summary>The longest that <see cref="Wakeup"/> has been: what was planned then may be yet to come.</summary>
    public Duration SlowestWakeup { get; private set; } = UsualWakeup;

    public IReadOnlyDictionary<string, Port> Ports => _ports;

    /// <summary>Makes an interface, plugged into nothing yet.</summary>
    public Port AddInterface(string name, MacAddress mac, params ReadOnlySpan<(IpAddress Address, byte PrefixLength)> addresses)
    {
        int index = Kernel.AddInterface(name, mac);
        foreach ((IpAddress address, byte prefixLength) in addresses)
            Kernel.AddOwn(index, address, prefixLength);
        Port port = new(Name, name, packet => Kernel.Arrive(index, packet)) { InterfaceIndex = index };
        _ports.Add(name, port);
        _portsByIndex.Add(index, port);
        return port;
    }

    /// <summary>Null: there is none of that name, or no daemon.</summary>
    public VrrpInstance? FindInstance(string name)
    {
        if (_module is null)
            return null;
        if (_byName.Count == 0)
        {
            foreach (VrrpInstance instance in _module.Instances)
                _byName.TryAdd(instance.Name, instance);
        }
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>What has been read of its files: of the one that it starts with, and of those that reloads bring.</summary>
    public List<LoadResult> Files { get; } = [];

    /// <summary>What the file says, before there are interfaces: which those are to be.</summary>
    public LoadResult Load() => ConfigurationReader.Load(Path, SettingsPath, _files, Loading, isTest: false);

    /// <summary>What another file would say in its place.</summary>
    public LoadResult Load(byte[] content) => ConfigurationReader.Load(Path, SettingsPath, new HostFiles(Path, _files) { Configuration = content }, Loading, isTest: false);

    /// <summary>Another file of the machine that this runs on.</summary>
    public bool TryReadFile(string file, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem) => _files.TryRead(file, out content, out problem);

    /// <summary>Starts the daemon. What it cannot run it says as diagnostics, and does not run.</summary>
    public LoadResult Start()
    {
        InterfaceTable interfaces = new(new Log(this, LogLevel.Info));
        Kernel.Observe(interfaces);
        LoadResult read = new ConfigurationReader(Path, SettingsPath, interfaces, Kernel.TakeSnapshot, _files, Loading, s_keys).Read(isTest: false);
        if (!read.CanRun)
        {
            Kernel.EndProcess();
            _observer.OnNoted(this, Name, $"the daemon does not start: {FirstError(read)}");
            return read;
        }
        _interfaces = interfaces;
        _module = new VrrpModule(Kernel, interfaces, new Log(this, LogLevel.Info), notifier: this, journal: this) { GroupObserver = this, HasBfd = true };
        _knownErrors = ReadingErrors.Of(read);
        _running = PlannedSide.Of(read, DaemonIdentity.Of(new DaemonOptions(), read.Configuration), keepsText: false);
        _starts++;
        StartedAt = Kernel.Now;
        _slept = Duration.Zero;
        Adopt(read.Configuration);
        _observer.OnAdopting(this, read.Configuration);
        Change(HostState.Running);
        _module.Start(read.Configuration, Kernel.Now);
        ReportTrackers(read.Configuration);
        PlanTurn(_schedule.Now);
        return read;
    }

    /// <summary>SIGTERM.</summary>
    public void Stop()
    {
        if (_module is null)
            return;
        Wake();
        _module.Stop(keepAddresses: false, Kernel.Now);
        End();
        _observer.OnStopped(this);
    }

    /// <summary>kill -9: what the daemon has put into the kernel stays there.</summary>
    public void Kill()
    {
        if (_module is null)
            return;
        Wake();
        End();
    }

    /// <summary>The power fails.</summary>
    public void Crash()
    {
        if (_module is not null)
        {
            Wake();
            End();
        }
        Kernel.Reboot(_starts);
    }

    /// <summary>The daemon does not get the processor any more.</summary>
    public void Stall()
    {
        if (State == HostState.Running)
            Change(HostState.Stalled);
    }

    /// <summary>The host stands still, as a virtual machine does that is moved.</summary>
    public void Sleep()
    {
        if (State != HostState.Running)
            return;
        Clock.Sleep();
        Change(HostState.Asleep);
    }

    /// <summary>It goes on.</summary>
    public void Wake()
    {
        if (State is not (HostState.Stalled or HostState.Asleep))
            return;
        Duration before = Clock.Suspended;
        Clock.Wake();
        _slept += Clock.Suspended - before;
        Change(HostState.Running);
        PlanTurn(_schedule.Now);
        // A signal waits as long.
        if (_hangsUp)
            Reload();
        // Scripts and the like have their say again.
        foreach (TrackerId thing in _readings.Keys)
            ReportSoon(thing);
    }

    /// <summary>Another configuration is there, and SIGHUP comes.</summary>
    /// <returns>What was read; it is not taken when it cannot be run. Null: there is no daemon, or it does not hear the signal before it gets the processor.</returns>
    public LoadResult? Reload(byte[] configuration)
    {
        _files.Configuration = configuration;
        if (_module is null)
            return null;
        _hangsUp = State != HostState.Running;
        return _hangsUp ? null : Reload();
    }

    private LoadResult Reload()
    {
        _hangsUp = false;
        LoadResult read = new ConfigurationReader(Path, SettingsPath, _interfaces!, Kernel.TakeSnapshot, _files, Loading, s_keys).Read(isTest: false);
        // As the daemon does it: what can be run is refused, too, when something in it cannot be read.
        if (ReadingErrors.Refuse(read, _knownErrors))
        {
            _observer.OnNoted(this, Name, $"the reload is refused: {FirstError(read)}");
            return read;
        }
        _knownErrors = ReadingErrors.Of(read);
        PlannedSide next = PlannedSide.Of(read, DaemonIdentity.Of(new DaemonOptions(), read.Configuration), keepsText: false);
        ReloadPlan plan = ReloadPlan.Make(_running!, next);
        _running = next;
        _module!.OnTurnStart(Kernel.Now);
        _observer.OnAdopting(this, read.Configuration);
        _module.Reload(read.Configuration, plan, Kernel.Now);
        Adopt(read.Configuration);
        _observer.OnReloaded(this);
        ReportTrackers(read.Configuration);
        PlanTurn(_schedule.Now);
        return read;
    }

    /// <summary>A tracked thing is so from now on, also for daemons that start later.</summary>
    public void Report(TrackerId thing, TrackerReading reading)
    {
        _readings[thing] = reading;
        if (_module is null || State is HostState.Asleep or HostState.Stalled)
            return;
        _module.OnTurnStart(Kernel.Now);
        _observer.OnReported(this, thing, reading);
        _module.Trackers.Report(thing, reading, Kernel.Now);
        PlanTurn(_schedule.Now);
    }

    /// <summary>Each run of a script takes so long from now on: so late comes its first answer after a start, a reload or a sleep. Null: as long as usual.</summary>
    public void SetRun(string script, Duration? time)
    {
        if (time is { } run)
            _runs[script] = run;
        else
            _runs.Remove(script);
    }

    /// <summary>Somebody adds to the priority of an instance, as the verb <c>priority</c> does.</summary>
    public void Adjust(string instance, int amount)
    {
        if (_module is null || State != HostState.Running || FindInstance(instance) is not { } found)
        {
            _observer.OnNoted(this, instance, "nobody is there who could be asked for another priority");
            return;
        }
        _module.OnTurnStart(Kernel.Now);
        found.RequestAdjustment(amount, string.Create(CultureInfo.InvariantCulture, $"priority {amount:+0;-0;0}"), Kernel.Now);
        PlanTurn(_schedule.Now);
    }

    void IKernelEvents.OnInput() => PlanTurn(_schedule.Now + WakeupTime());

    void IKernelEvents.OnPacket(int interfaceIndex, Packet packet)
    {
        Port port = _portsByIndex[interfaceIndex];
        _observer.OnSent(this, port, packet);
        port.Send(packet);
    }

    void IKernelEvents.OnRead(int interfaceIndex, Packet packet) => _observer.OnHeard(this, _portsByIndex[interfaceIndex], packet);

    void IKernelEvents.OnCarrier(int interfaceIndex) => _observer.OnCarrier(this, _portsByIndex[interfaceIndex]);

    void IKernelEvents.OnAnnouncement(string interfaceName, IpAddress address, MacAddress from) => _observer.OnAnnounced(this, interfaceName, address);

    void IKernelEvents.OnAddress(string interfaceName, IpAddress address, bool isThere) => _observer.OnAddress(this, address, isThere);

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _observer.OnLogged(this, level, Encoding.UTF8.GetString(line));

    void IEventJournal.OnTransition(string instance, in Transition transition, Priority effective) => _observer.OnTransition(this, instance, transition, effective);

    void IEventJournal.OnPriorityChanged(string instance, VrrpState state, Priority effective, string? because)
    {
        _observer.OnNoted(this, instance, because is null ? $"priority {effective}" : $"priority {effective}: {because}");
        _observer.OnPriority(this, instance, effective, because);
    }

    void IEventJournal.OnGroupState(string group, VrrpState state)
    {
        _observer.OnNoted(this, group, $"group {state}");
        _observer.OnGroup(this, group, state);
    }

    void IEventJournal.OnTracked(TrackedThing thing)
    {
        // What follows from it is told.
    }

    void IEventJournal.OnConflict(string instance, in Conflict conflict) => _observer.OnNoted(this, instance, conflict.ToString());

    void IVrrpNotifier.OnTransition(VrrpInstanceBlock instance, in Transition transition, Priority priority) => _observer.OnNotified(this, instance.Name, isGroup: false, transition.To);

    void IVrrpNotifier.OnLowerPriorityHeard(VrrpInstanceBlock instance, Priority priority)
    {
        // It is no state.
    }

    void IVrrpNotifier.OnPriorityChanged(VrrpInstanceBlock instance, VrrpState state, Priority priority)
    {
        // The journal tells it.
    }

    void IVrrpNotifier.OnConflict(VrrpInstanceBlock instance, in Conflict conflict)
    {
        // As above.
    }

    void IGroupObserver.OnGroupState(string group, VrrpState state) => _observer.OnNotified(this, group, isGroup: true, state);

    // Settings of ours are not part of what is simulated.
    private string SettingsPath => $"{Path}.no-settings";

    // Lines with @ are for the host of that name, as where its own name is the id.
    private LoadOptions Loading => new() { ConfigId = Name };

    private Duration WakeupTime() => Wakeup + _chance.UpTo(Wakeup);

    private void Adopt(Configuration configuration)
    {
        Configuration = configuration;
        Generation++;
        _byName.Clear();
    }

    private static string FirstError(LoadResult read)
    {
        Diagnostic? first = read.Diagnostics.FirstOrDefault(static found => found.Severity == Severity.Error);
        return first is null ? "it cannot be run" : $"{first.Location}: {first.Message}";
    }

    private void End()
    {
        _hangsUp = false;
        _module = null;
        Configuration = null;
        Generation++;
        _byName.Clear();
        _interfaces = null;
        Kernel.EndProcess();
        _nextTurn = Instant.MaxValue;
        _turn++;
        Change(HostState.Down);
    }

    private void Change(HostState state)
    {
        State = state;
        _observer.OnHostChanged(this, state);
    }

    // What is not said otherwise works.
    private void ReportTrackers(Configuration configuration)
    {
        foreach (VrrpScriptBlock script in configuration.VrrpScripts)
            ReportSoon(new TrackerId(TrackerKind.Script, script.Name));
        foreach (VrrpTrackProcessBlock process in configuration.TrackProcesses)
            ReportSoon(new TrackerId(TrackerKind.Process, process.Name));
        foreach (BfdInstanceBlock session in configuration.BfdInstances)
            ReportSoon(new TrackerId(TrackerKind.Bfd, session.Name));
        // A file is read before anything else.
        foreach (TrackFileBlock file in configuration.TrackFiles)
            Report(new TrackerId(TrackerKind.File, file.Name), _readings.GetValueOrDefault(new TrackerId(TrackerKind.File, file.Name), TrackerReading.OfNumber(0)));
    }

    private void ReportSoon(TrackerId thing)
    {
        VrrpModule module = _module!;
        Duration run = thing.Kind == TrackerKind.Script ? _runs.GetValueOrDefault(thing.Name, s_usualRun) : s_usualRun;
        _schedule.After(run + WakeupTime(), () =>
        {
            if (ReferenceEquals(module, _module))
                Report(thing, _readings.GetValueOrDefault(thing, thing.Kind == TrackerKind.File ? TrackerReading.OfNumber(0) : TrackerReading.Good));
        });
    }

    private void PlanTurn(Instant at)
    {
        if (_module is null || at >= _nextTurn)
            return;
        _nextTurn = at;
        long turn = ++_turn;
        _schedule.At(at, () =>
        {
            if (turn == _turn)
                Turn();
        });
    }

    private void Turn()
    {
        _nextTurn = Instant.MaxValue;
        if (_module is not { } module || State != HostState.Running)
            return;
        Turns++;
        Instant now = Kernel.Now;
        if (_slept > Duration.Zero)
            module.OnSlept(_slept);
        _slept = Duration.Zero;
        module.OnTurnStart(now);
        Kernel.Hear(now);
        while (Kernel.Timers.TryFire(now))
        {
        }
        module.OnTurnEnd(now);
        _observer.OnTurn(this);
        if (Kernel.HasInput)
            PlanTurn(_schedule.Now + WakeupTime());
        if (Kernel.Timers.TryPeek(out Instant deadline))
            PlanTurn(Clock.TrueTimeOf(deadline) + (deadline > now ? WakeupTime() : Duration.Zero));
    }
}
