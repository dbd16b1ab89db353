using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>Hears what others say of addresses on one interface; disposing of it ends that, and takes its time (<see cref="Linux.Sockets.NeighbourListener"/>).</summary>
internal interface INeighbourListening : IDisposable
{
    /// <summary>From now on of these.</summary>
    /// <param name="addresses">Of the family that it was opened for; none: of nothing.</param>
    OsError Listen(ReadOnlySpan<IpAddress> addresses);
}
