using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Which refusals of the kernel are tried again by themselves. All of them: <c>kernels.md</c> among the pages for users.</summary>
internal static class Refusals
{
    /// <summary>It lacked something that comes back: memory, room in a buffer, a descriptor, somebody else's lock.</summary>
    public static bool MayPass(Errno error) => error
        is Errno.ENOMEM or Errno.ENOBUFS or Errno.EAGAIN or Errno.EBUSY or Errno.EINTR or Errno.EMFILE or Errno.ENFILE;

    /// <summary>The way that it goes by is not there: an interface is down, or a gateway is in no subnet of the host.</summary>
    public static bool LacksWay(Errno error) => error is Errno.ENETDOWN or Errno.ENETUNREACH or Errno.EHOSTUNREACH;
}
