using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Linux.Launch;

/// <summary>Lets a child that is being started run before everybody else, because the loop stands still until it has got to its execve.</summary>
/// <remarks>
/// Where fifty scripts start at once the fiftieth child would wait behind the forty-nine that run already, and the loop with it. Once
/// it is executed a child has the nice value that the daemon was started with, whatever <c>vrrp_priority</c> has made of it since.
/// </remarks>
internal sealed class LaunchPrecedence
{
    private const int First = -20;

    private readonly int _nice = ProcessorShare.GetNice();
    private int _niceNow;
    private bool _isRefused;

    /// <summary>The way to execve begins.</summary>
    public void Begin()
    {
        _niceNow = ProcessorShare.GetNice();
        // Without the right to (CAP_SYS_NICE) it is never given: then the child waits for its turn as everybody does.
        if (!_isRefused)
            _isRefused = ProcessorShare.SetNice(First) != Errno.None;
    }

    /// <summary>It is over.</summary>
    /// <param name="pid">The child, not reaped yet; 0 when there is none.</param>
    public void End(int pid)
    {
        // To be more modest is always allowed.
        if (pid != 0 && !(_isRefused && _nice == _niceNow))
            ProcessorShare.SetNice(pid, _nice);
        if (!_isRefused)
            ProcessorShare.SetNice(_niceNow);
    }
}
