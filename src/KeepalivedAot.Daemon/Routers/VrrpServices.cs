using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Worlds;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>What all instances share.</summary>
internal sealed record VrrpServices(
    IVrrpWorld World, InterfaceTable Interfaces, AddressReconciler Addresses, TransportTable Transports, Announcer Announcer, Log Log);
