using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Firewall;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Roles;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>What all instances share.</summary>
internal sealed record VrrpServices(
    IVrrpWorld World, InterfaceTable Interfaces, KernelSettings Settings, LinkReconciler Links, AddressReconciler Addresses, RoutingReconciler Routing,
    ReceiverTable Receivers, Announcer Announcer,
    TrackerBoard Trackers, Log Log, VrrpLog Events, UnixClock UnixClock)
{
    public required FirewallReconciler Firewall { get; init; }

    /// <summary>What is let go after the next flush.</summary>
    public RetiredSlots Retired { get; } = new();

    public DeviceNames DeviceNames { get; } = new();

    /// <summary>What whoever starts after a crash may go on with.</summary>
    public required RoleKeeper Roles { get; init; }

    /// <summary>Who is told what becomes of sync groups.</summary>
    public IGroupObserver? GroupObserver { get; set; }

    /// <summary>Who is told what becomes of instances; null where nobody is.</summary>
    public IVrrpNotifier? Notifier { get; init; }

    /// <summary>Who writes down what becomes of instances and groups.</summary>
    public IEventJournal Journal { get; init; } = NoJournal.Instance;

    /// <summary>Why the daemon stays out of elections, in words; null while it does not.</summary>
    public string? Maintenance { get; set; }

    /// <summary>Who hears whether others have the addresses of instances.</summary>
    public required NeighbourWatch Neighbours { get; init; }

    /// <summary>Who writes down what comes from outside; null without <c>--record</c>.</summary>
    public Recording.VrrpRecorder? Recorder { get; init; }

    /// <summary>Who mails what becomes of instances and groups.</summary>
    public IAlerts Alerts { get; init; } = NoAlerts.Instance;
}
