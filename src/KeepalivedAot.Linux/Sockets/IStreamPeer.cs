using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>What a <see cref="StreamConnection"/> reports. It may be closed from within each of these.</summary>
public interface IStreamPeer
{
    /// <param name="bytes">Valid during the call only.</param>
    void OnReceived(ReadOnlySpan<byte> bytes, Instant now);

    /// <summary>All that was sent is with the kernel: there is room for more.</summary>
    void OnDrained(Instant now);

    /// <summary>The connection is over, and closed already.</summary>
    /// <param name="failure">None: the other side closed it in an orderly way.</param>
    void OnClosed(OsError failure, Instant now);
}
