using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>What all instances share.</summary>
internal sealed record VrrpServices(
    IVrrpWorld World, InterfaceTable Interfaces, AddressReconciler Addresses, ReceiverTable Receivers, Announcer Announcer,
    TrackerBoard Trackers, Log Log, VrrpLog Events)
{
    /// <summary>Who is told what becomes of sync groups.</summary>
    public IGroupObserver? GroupObserver { get; set; }

    /// <summary>Who is told what becomes of instances; null where nobody is.</summary>
    public IVrrpNotifier? Notifier { get; init; }
}
