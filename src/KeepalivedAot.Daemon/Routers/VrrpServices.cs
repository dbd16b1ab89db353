using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>What all instances share.</summary>
internal sealed record VrrpServices(
    IVrrpWorld World, InterfaceTable Interfaces, AddressReconciler Addresses, ReceiverTable Receivers, Announcer Announcer, IAlerts Alerts,
    Log Log, VrrpLog Events);
