using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Linux.Launch;

/// <summary>Has a child that is being started share the daemon's real-time priority until it is executed, because the loop stands still so long.</summary>
/// <remarks>
/// Otherwise a daemon with such a priority would wait, at each start of a script, for whatever else runs on a busy host. What the program itself
/// starts never has it, even if we are late in taking the child's away. A daemon without such a priority is left alone: to take one for the
/// moment and give it back costs it its turn, which on a busy host is more than what is gained.
/// </remarks>
internal sealed unsafe class LaunchPrecedence
{
    private int _policy;
    private sched_param _parameter;
    private bool _isShared;

    /// <summary>The way to execve begins.</summary>
    /// <returns>The priority that the child inherits; 0: none.</returns>
    public int Begin()
    {
        _policy = Libc.sched_getscheduler(0);
        _isShared = false;
        if ((_policy & ~Libc.SCHED_RESET_ON_FORK) != Libc.SCHED_RR)
            return 0;
        sched_param parameter;
        Libc.sched_getparam(0, &parameter);
        _parameter = parameter;
        // Without SCHED_RESET_ON_FORK it is inherited. Refused, the child waits for its turn as everybody does.
        _isShared = Libc.sched_setscheduler(0, Libc.SCHED_RR, &parameter) == 0;
        return _isShared ? parameter.sched_priority : 0;
    }

    /// <summary>It is over: both are what they were, or would have been.</summary>
    /// <param name="pid">The child, not reaped yet; 0 when there is none.</param>
    public void End(int pid)
    {
        if (!_isShared)
            return;
        sched_param usual = default;
        // To be more modest is always allowed.
        if (pid != 0)
            Libc.sched_setscheduler(pid, Libc.SCHED_OTHER, &usual);
        sched_param before = _parameter;
        Libc.sched_setscheduler(0, _policy, &before);
    }
}
