using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Firewall;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Roles;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>All instances of a configuration at work: what keepalived's VRRP process does.</summary>
/// <remarks>
/// The parts: life (this file), <c>Kernel</c> (what the kernel reports), <c>Links</c> (what of that is believed), <c>Static</c>, <c>Tracking</c>,
/// <c>Reassertion</c>, <c>Reload</c>, <c>StartupDelay</c>. Output is gathered while a turn of the
/// loop lasts, and leaves at its end in the order that the protocol wants: advertisements, addresses, announcements.
/// </remarks>
internal sealed partial class VrrpModule : IInterfaceObserver, ITurnStart, ITurnEnd, ITimerOwner, ISendResults
{
    // How often to try again for what the kernel refused: a socket, an address, the tables of links and addresses.
    private static readonly Duration RetryInterval = Duration.FromSeconds(1);

    // What a turn of the loop may do beside advertisements, so that none of them waits for a takeover of thousands of addresses. The kernel takes the longer
    // for an address the more there are: when a turn has become too long, the next one does less.
    private static readonly Duration LongestTurn = Duration.FromMilliseconds(4);
    private const int LeastAddressesPerTurn = 8;
    private const int FirstAddressesPerTurn = 24;
    private const int MostAddressesPerTurn = 64;
    private const int MostFramesPerTurn = 512;
    private const int MostRemovedLinksPerTurn = 1;

    private readonly IVrrpWorld _world;
    private readonly InterfaceTable _interfaces;
    private readonly Log _log;
    private readonly VrrpServices _services;
    private readonly TimerHandle _retryTimer;
    private readonly TimerHandle _startupTimer;
    private readonly TimerHandle _continueTimer;
    private readonly TimerHandle _reassertTimer;
    private readonly TimerHandle _keepTimer;
    private readonly KeptObjects _kept;

    // By tag: an instance keeps its place, so that what became of its datagrams finds it.
    private readonly List<VrrpInstance?> _byTag = [];
    private int _freeTagCount;
    private VrrpInstance[] _instances = [];
    private List<SyncGroup> _groups = [];
    private readonly List<AddressSlot> _arrived = [];
    private int _addressesPerTurn = FirstAddressesPerTurn;
    private bool _isStarted;

    // Interfaces of instances' own were made or found in this turn.
    private bool _devicesChanged;

    // Of interfaces, in the running configuration.
    private HashSet<string> _names = [];

    // Only auth_hmac asks what the clock on the wall shows.
    private bool _usesUnixClock;

    public VrrpModule(IVrrpWorld world, InterfaceTable interfaces, Log log, IVrrpNotifier? notifier = null, IAlerts? alerts = null, IEventJournal? journal = null,
        VrrpRecorder? recorder = null)
    {
        _world = world;
        _interfaces = interfaces;
        _log = log;
        KernelSettings settings = new(world, log);
        AddressReconciler addresses = new(world, settings, log);
        RoutingReconciler routing = new(world, log);
        LinkReconciler links = new(world, settings, log);
        VrrpLog events = new(log);
        ReceiverTable receivers = new(world, log, events);
        _services = new VrrpServices(
            world, interfaces, settings, links, addresses, routing, receivers, new Announcer(world, log, events), new TrackerBoard(journal ?? NoJournal.Instance, recorder), log, events, new UnixClock())
        {
            Firewall = new FirewallReconciler(world, () => world.Now, log),
            Roles = new RoleKeeper(world, log),
            Neighbours = new NeighbourWatch(world, interfaces, log),
            Notifier = notifier,
            Alerts = alerts ?? NoAlerts.Instance,
            Recorder = recorder,
            Journal = journal ?? NoJournal.Instance,
        };
        _retryTimer = world.Timers.Register(this, (int)ModuleTimer.Retry);
        _startupTimer = world.Timers.Register(this, (int)ModuleTimer.StartupDelay);
        _continueTimer = world.Timers.Register(this, (int)ModuleTimer.Continue);
        _reassertTimer = world.Timers.Register(this, (int)ModuleTimer.Reassert);
        _keepTimer = world.Timers.Register(this, (int)ModuleTimer.Keep);
        _kept = new KeptObjects(addresses, _services.Firewall, routing);
        _linkDelays = new LinkDelays(world.Timers, () => world.Now, OnLinkDelayOver, log);
        _linkbeat = new Linkbeat(world, _linkDelays, OnLinkCounts, log);
        interfaces.Judge = _linkDelays;
        world.SetAddressResults(addresses);
        world.SetRoutingResults(routing);
        world.SetLinkResults(links);
        world.SetSendResults(this);
    }

    /// <summary>In the order of the configuration. A reload makes another one: who goes through it slowly keeps what there was.</summary>
    public IReadOnlyList<VrrpInstance> Instances => _instances;

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<SyncGroup> Groups => _groups;

    /// <summary>Who is told what becomes of sync groups.</summary>
    public IGroupObserver? GroupObserver
    {
        get => _services.GroupObserver;
        set => _services.GroupObserver = value;
    }

    /// <summary>What it hears on.</summary>
    public IReadOnlyList<SharedReceiver> Receivers => _services.Receivers.Receivers;

    /// <summary>Those that the configuration names, and those that are made for it.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces => _interfaces.Interfaces;

    /// <summary>In the order of the configuration: addresses, routes, rules.</summary>
    public IReadOnlyList<StaticObject> StaticObjects => _static;

    public KernelSettings Settings => _services.Settings;

    /// <summary>False before the start, after the stop, and where this daemon runs no VRRP.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>Who writes down what comes from outside; null without <c>--record</c>.</summary>
    public VrrpRecorder? Recorder => _services.Recorder;

    public AddressReconciler Addresses => _services.Addresses;

    public RoutingReconciler Routing => _services.Routing;

    public FirewallReconciler Firewall => _services.Firewall;

    /// <summary>Where those who look after tracked things report what they find.</summary>
    public TrackerBoard Trackers => _services.Trackers;

    /// <summary>Takes up a configuration that can be run, after a first snapshot of the interfaces.</summary>
    public void Start(Config.Configuration configuration, Instant now)
    {
        Recorder?.Start(now);
        _isStarted = true;
        _interfaces.SetObserver(this);
        Adopt(configuration, now);
        Duration delay = BeginStartupDelay(configuration.GlobalDefs, now);

        KernelRecord.Content recorded = ReadRecord();
        foreach (KernelRecord.Setting setting in recorded.Settings)
            _services.Settings.Adopt(setting.Name, setting.Original, setting.Value);
        AdoptDevices(configuration, recorded);
        List<VrrpInstance> instances = [];
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
            instances.Add(Add(block));
        _instances = [.. instances];
        bool mayResume = _services.Roles.Offer(_instances, isDelayed: delay > Duration.Zero, now);
        AdoptStatic(configuration);
        RemoveLeftovers(recorded);
        ObserveRouting();
        ForgetInterfaces();
        AdoptLinks(configuration, now);
        AdoptTracking(configuration);
        _services.Firewall.LogChoice(configuration.GlobalDefs);
        WriteRecord();
        MakeDevices();
        ReportWhatWasHeard(now);
        foreach (NetworkInterface at in _interfaces.Interfaces)
            UpdatePrimaryAddresses(at);
        foreach (VrrpInstance instance in _instances)
            instance.Prepare(now);
        _groups = SyncGroup.Make(configuration, _instances.Select(static instance => (instance.Block, instance)), _services);
        foreach (SyncGroup group in _groups)
            group.Group.Start();
        foreach (VrrpInstance instance in _instances)
            instance.Start(delay, now);
        MakeRoom();
        ArmRetry(now);
        // What goes on stays in the kernel: whether it does shows when the timers that are due have fired, in the first turn.
        if (mayResume)
            _world.Timers.Arm(_continueTimer, now);
        else
            Flush(now);
    }

    /// <summary>Ends all instances in the order of the configuration: priority 0, then the addresses go.</summary>
    /// <param name="keepAddresses">Leave what instances hold in the kernel, and tell nobody (<c>-V</c>); static objects go all the same.</param>
    public void Stop(bool keepAddresses, Instant now)
    {
        // The record is that of the daemon which runs this module, and with -C that is another one.
        if (!_isStarted)
            return;
        Recorder?.Stop(keepAddresses, now);
        OnTurnStart(now);
        _world.Timers.Disarm(_retryTimer);
        _world.Timers.Disarm(_startupTimer);
        _world.Timers.Disarm(_continueTimer);
        _world.Timers.Disarm(_reassertTimer);
        _world.Timers.Disarm(_keepTimer);
        if (keepAddresses)
            RemoveStatic();
        foreach (VrrpInstance instance in _instances)
            instance.Router.Stop(now, keepAddresses);
        foreach (SyncGroup group in _groups)
            group.Group.Stop();
        _world.FlushDatagrams();
        if (!keepAddresses)
        {
            _kept.Release(now, _services.Roles.Note);
            RemoveStatic();
            foreach (VrrpInstance instance in _instances)
                instance.LeaveDevices();
            ReleaseGlobalSettings();
            _services.Links.Retry();
            _services.Settings.Retry();
            FlushKernel();
            _services.Firewall.RemoveTables();
        }
        foreach (VrrpInstance instance in _instances)
            instance.CloseReceiver();
        _services.Roles.Close();
        _services.Neighbours.Close();
        // The loop may turn on for scripts.
        _isStarted = false;
        // What is left there on purpose, or because the kernel refuses, the next start shall know.
        if (_services.Addresses.HoldsAny || _services.Routing.HoldsAny || _services.Links.HoldsAny || _services.Settings.HoldsAny || _services.Firewall.HoldsAny)
            return;
        OsError failure = _world.WriteRecord(default);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.KernelRecord, $"The record of kernel objects stays: {failure}");
    }

    // With whatever else is not wanted any more.
    private void RemoveStatic()
    {
        foreach (StaticObject it in _static)
            Want(it, false);
        _services.Addresses.Retry();
        _services.Routing.Retry();
        FlushKernel();
    }

    /// <summary>The machine was suspended for so long, while the clock of timers stood still.</summary>
    public void OnSlept(Duration length)
    {
        Recorder?.Slept(length);
        foreach (VrrpInstance instance in _instances)
            instance.Router.OnSlept(length);
    }

    // Before anything is heard or sent: the machine may have been asleep, or its clock been set.
    public void OnTurnStart(Instant now)
    {
        if (_usesUnixClock)
            _services.UnixClock.Set(now, _world.UnixNow);
    }

    public void OnTurnEnd(Instant now)
    {
        if (!_isStarted)
            return;
        ReactToGoneRouting(now);
        Flush(now, _addressesPerTurn, MostFramesPerTurn, MostRemovedLinksPerTurn);
        PaceAddresses(now);
        _services.Roles.Flush();
        // What others say of addresses is heard when the announcements of all of them have left.
        if (!HasMore)
            _services.Neighbours.Flush(_instances);
        // What was made or found is no fault any more.
        if (_devicesChanged)
        {
            _devicesChanged = false;
            foreach (VrrpInstance instance in _instances)
            {
                if (instance.Devices.Length > 0)
                    instance.OnSurroundingsChanged(now);
            }
            _world.Timers.Arm(_continueTimer, now);
        }
        // What is left goes on when what has come in meanwhile was heard, and every timer that is due has fired.
        if (HasMore && !_world.Timers.IsArmed(_continueTimer))
            _world.Timers.Arm(_continueTimer, now);
        if (IsBehind && !_world.Timers.IsArmed(_retryTimer))
            _world.Timers.Arm(_retryTimer, now + RetryInterval);
    }

    // A turn does not do everything, so that advertisements do not wait.
    private bool HasMore => _services.Addresses.HasMore || _services.Announcer.HasMore || _services.Links.HasMore;

    private void PaceAddresses(Instant turnEnd)
    {
        if (!_services.Addresses.HasMore)
        {
            _addressesPerTurn = FirstAddressesPerTurn;
            return;
        }
        Duration took = _world.Now - turnEnd;
        if (took > LongestTurn)
            _addressesPerTurn = Math.Max(LeastAddressesPerTurn, _addressesPerTurn * 3 / 4);
        else if (took < LongestTurn / 2)
            _addressesPerTurn = Math.Min(MostAddressesPerTurn, _addressesPerTurn + LeastAddressesPerTurn);
    }

    // Something was refused, or could not be read, that is tried again by itself.
    private bool IsBehind => _interfaces.IsStale || _recordFailure != Errno.None || _services.Links.IsBehind || _services.Settings.IsBehind || _services.Addresses.IsBehind
        || _services.Routing.IsBehind || _services.Firewall.IsBehind;

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if ((ModuleTimer)name == ModuleTimer.StartupDelay)
        {
            _log.Write(LogLevel.Info, EventIds.StartupDelay, "Delayed start completed"u8);
            return;
        }
        if ((ModuleTimer)name is ModuleTimer.Continue or ModuleTimer.Keep)
            return;
        if ((ModuleTimer)name == ModuleTimer.Reassert)
        {
            OnReassertTimer(now);
            return;
        }
        if (_interfaces.IsStale)
            _world.TakeSnapshot();
        if (_services.Addresses.IsBehind)
            _services.Addresses.Retry();
        if (_services.Routing.IsBehind)
            _services.Routing.Retry();
        if (_services.Links.IsBehind)
            _services.Links.Retry();
        if (_services.Settings.IsBehind)
            _services.Settings.Retry();
        if (_services.Firewall.IsBehind)
            _services.Firewall.Retry();
        RetryRecord(now);
        foreach (VrrpInstance instance in _instances)
        {
            if (instance.LacksReceiver)
                instance.OnSurroundingsChanged(now);
        }
        ArmRetry(now);
    }

    void ISendResults.OnSent(int tag, Errno error)
    {
        DatagramTag sent = DatagramTag.Of(tag);
        _byTag[sent.Instance]?.OnSent(sent.Destination, error);
    }

    private enum ModuleTimer
    {
        Retry,
        StartupDelay,

        /// <summary>Nothing by itself: the end of the turn goes on with what the one before has left.</summary>
        Continue,

        /// <summary>What was taken away too often to be put back at once.</summary>
        Reassert,

        /// <summary>The end of the turn gives up what a process that was killed has left: another router may have its role now.</summary>
        Keep,
    }

    private void Adopt(Config.Configuration configuration, Instant now)
    {
        _names = ConfigurationReader.NamesIn(configuration);
        _usesUnixClock = configuration.VrrpInstances.Exists(static instance => instance.UsesHmac);
        OnTurnStart(now);
        _services.Firewall.Adopt(FirewallSettings.Of(configuration.GlobalDefs) with { TellsKinds = _world.TellsInterfaceKinds });
        _services.Receivers.Adopt(configuration.GlobalDefs);
        _services.Announcer.Pacing.Configure(configuration, now);
    }

    // What all instances need when they take over together.
    private void MakeRoom()
    {
        _services.Addresses.MakeRoom();
        _services.Announcer.MakeRoom(_instances.Length);
    }

    private VrrpInstance Add(VrrpInstanceBlock block)
    {
        int tag = _freeTagCount == 0 ? -1 : _byTag.IndexOf(null);
        if (tag >= 0)
        {
            _freeTagCount--;
        }
        else
        {
            tag = _byTag.Count;
            _byTag.Add(null);
        }
        VrrpInstance instance = new(block, tag, _services);
        _byTag[tag] = instance;
        instance.Attach();
        return instance;
    }

    private void Flush(Instant now, int mostAddresses = int.MaxValue, int mostFrames = int.MaxValue, int mostRemovedLinks = int.MaxValue)
    {
        _services.Receivers.Flush();
        _world.FlushDatagrams();
        ReleaseKept(now);
        FlushKernel(mostAddresses, mostRemovedLinks);
        AnnounceArrived();
        _services.Announcer.Flush(now, mostFrames);
    }

    private void ReleaseKept(Instant now)
    {
        if (_kept.IsEmpty)
            return;
        if (_kept.Release(now, _services.Roles.Note) is { } until)
            _world.Timers.Arm(_keepTimer, until);
        else
            _world.Timers.Disarm(_keepTimer);
    }

    private void AnnounceArrived()
    {
        _arrived.Clear();
        _services.Addresses.TakeArrived(_arrived);
        foreach (AddressSlot arrived in _arrived)
        {
            foreach (VrrpInstance instance in _instances)
                instance.AnnounceArrived(arrived);
        }
    }

    // An interface comes before its addresses and goes after them; what leads to an address goes before it and comes after it; what drops its packets
    // comes before it and goes after it.
    private void FlushKernel(int mostAddresses = int.MaxValue, int mostRemovedLinks = int.MaxValue)
    {
        if (_services.Links.IsDirty)
            _services.Links.Prepare();
        _services.Addresses.Prepare();
        if (_services.Links.IsDirty || IsUnrecorded)
            WriteRecord();
        _devicesChanged |= _services.Links.FlushAdditions();
        _services.Settings.FlushChanges();
        _services.Firewall.FlushAdditions();
        _services.Routing.FlushRemovals();
        _services.Addresses.Flush(mostAddresses);
        if (_services.Addresses.TakeHasCaughtUp())
            _services.Routing.RetryRefused();
        if (_services.Addresses.HasMore)
            return;
        _services.Routing.FlushAdditions();
        _services.Firewall.FlushRemovals();
        _services.Links.FlushRemovals(mostRemovedLinks);
        if (_services.Links.HasMore)
            return;
        _services.Retired.Release(_services.Addresses, _services.Links);
    }

    private bool IsUnrecorded
        => _services.Settings.IsUnrecorded || _services.Addresses.IsUnrecorded || _services.Routing.IsUnrecorded || _services.Links.IsUnrecorded;

    private void ArmRetry(Instant now)
    {
        if (_world.Timers.IsArmed(_retryTimer))
            return;
        if (IsBehind)
        {
            _world.Timers.Arm(_retryTimer, now + RetryInterval);
            return;
        }
        foreach (VrrpInstance instance in _instances)
        {
            if (!instance.LacksReceiver)
                continue;
            _world.Timers.Arm(_retryTimer, now + RetryInterval);
            return;
        }
    }
}
