using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>Whoever follows all processes of the host. Threads are not reported, only whole processes.</summary>
public interface IProcessObserver
{
    /// <summary>The kernel has accepted the subscription: from here on every event comes, until one is lost.</summary>
    void OnSubscribed(Instant now);

    /// <summary>The kernel will not report anything: EPERM without CAP_NET_ADMIN, EINVAL.</summary>
    void OnRefused(Errno error, Instant now);

    /// <summary>A new process, the copy of another one.</summary>
    void OnForked(int parent, int child, Instant now);

    /// <summary>It runs another program, or goes by another name.</summary>
    void OnRenamed(int pid, Instant now);

    void OnExited(int pid, Instant now);

    /// <summary>Events were lost: count anew.</summary>
    void OnLost(Errno error, Instant now);
}
