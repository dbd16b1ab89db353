using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>What all instances share.</summary>
/// <param name="Notifier">Null where nobody is told of anything.</param>
internal sealed record VrrpServices(
    IVrrpWorld World, InterfaceTable Interfaces, AddressReconciler Addresses, ReceiverTable Receivers, Announcer Announcer,
    Log Log, VrrpLog Events, IVrrpNotifier? Notifier);
