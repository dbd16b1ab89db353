using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Is told what became of each request of a batch.</summary>
public interface INetlinkResults
{
    /// <param name="tag">The caller's own number for the request.</param>
    /// <param name="error">
    /// None when the kernel has done it. EEXIST for an address that was there, EADDRNOTAVAIL for one that was not, ENODEV for a
    /// missing interface. ENOBUFS when the answer was lost: whether it was done is then not known.
    /// </param>
    /// <param name="extack">The kernel's sentence on the error, UTF-8, often empty. Valid during the call only.</param>
    void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack);
}
