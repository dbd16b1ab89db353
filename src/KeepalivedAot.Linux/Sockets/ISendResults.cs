using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Is told what became of each datagram or frame that was queued.</summary>
public interface ISendResults
{
    /// <param name="tag">The caller's own number for it.</param>
    /// <param name="error">
    /// None when the kernel has taken it. Otherwise it was not sent: EAGAIN or ENOBUFS when queues are full, ENETDOWN or
    /// ENETUNREACH on an interface that is down, ENODEV or ENXIO on one that is gone, EMSGSIZE beyond the MTU ...
    /// </param>
    void OnSent(int tag, Errno error);
}
