using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using ProcessName = KeepalivedAot.Linux.Process.ProcessName;

namespace KeepalivedAot.Daemon.Tuning;

/// <summary>
/// What <c>global_defs</c> says of the process: its name, umask, nice value, real-time priority, processors and memory (daemon.md,
/// "Scheduling and limits").
/// </summary>
/// <remarks>
/// keepalived has these for each of its processes; here those of VRRP hold for the one process. What the kernel refuses, as it does
/// in most containers, is a warning and no more. Only what differs from what is in force is changed.
/// </remarks>
internal sealed class ProcessTuning(DaemonOptions options, Log log)
{
    private readonly string _ownName = ProcessName.Get();
    private IReadOnlyList<int>? _ownProcessors;

    private string? _name;
    private int _nice;
    private IReadOnlyList<int>? _processors;
    private bool _hasSlice;
    private bool _isLocked;
    private uint? _timeLimit;
    private int _configuredPriority;

    /// <summary>The real-time priority in force; 0 is none.</summary>
    public int RealTimePriority { get; private set; }

    public void Apply(GlobalDefsBlock globals)
    {
        ApplySlice();
        FileSystem.SetCreationMask(options.Umask ?? (int?)globals.Umask?.Bits ?? DaemonOptions.DefaultUmask);
        ApplyName(globals.ProcessName?.Text);
        ApplyNice(globals.VrrpPriority);
        ApplyProcessors(globals.VrrpCpuAffinity?.Processors);
        ApplyLock(globals.VrrpNoSwap);
        ApplyTimeLimit(globals.Spans.VrrpRealTimeLimit.IsGiven ? globals.VrrpRealTimeLimit : null);
        _configuredPriority = globals.VrrpRealTimePriority?.Value ?? 0;
        SetRealTimePriority(_configuredPriority);
    }

    /// <summary>Reading a configuration takes long: no work to do before everybody else's, nor within the limit of its time.</summary>
    public void RelaxForReload() => SetRealTimePriority(0);

    /// <summary>A reload was refused: as before it.</summary>
    public void Restore() => SetRealTimePriority(_configuredPriority);

    /// <returns>False when the kernel refused it, which has been logged.</returns>
    public bool SetRealTimePriority(int priority)
    {
        if (priority == RealTimePriority)
            return true;
        Errno error = priority == 0 ? RealtimeScheduling.Disable() : RealtimeScheduling.Enable(priority);
        if (error != Errno.None)
            Warn(priority == 0 ? "normal scheduling" : $"real-time priority {priority}", error);
        else
            RealTimePriority = priority;
        return error == Errno.None;
    }

    // Nothing that a configuration could say: on a busy host an advertisement waits for 2 ms less, and nobody has less of the processor for it.
    private void ApplySlice()
    {
        if (_hasSlice)
            return;
        _hasSlice = true;
        Errno error = ProcessorSlice.Set(ProcessorSlice.Shortest);
        if (error != Errno.None)
            log.Write(LogLevel.Detail, EventIds.ProcessTuning, $"Cannot ask for short slices of the processor - {new ErrnoText(error)}");
    }

    private void ApplyName(string? name)
    {
        if (name == _name)
            return;
        _name = name;
        Errno error = ProcessName.Set(name ?? _ownName);
        if (error != Errno.None)
            Warn($"process_name {name}", error);
    }

    private void ApplyNice(int nice)
    {
        if (nice == _nice)
            return;
        Errno error = ProcessorShare.SetNice(nice);
        if (error != Errno.None)
            Warn($"vrrp_priority {nice}", error);
        else
            _nice = nice;
    }

    private void ApplyProcessors(IReadOnlyList<int>? processors)
    {
        if (processors is null ? _processors is null : _processors is not null && processors.SequenceEqual(_processors))
            return;
        Errno error = _ownProcessors is null ? ProcessorShare.GetAffinity(out _ownProcessors) : Errno.None;
        if (error == Errno.None)
            error = ProcessorShare.SetAffinity(processors ?? _ownProcessors!);
        if (error != Errno.None)
            Warn($"vrrp_cpu_affinity {string.Join(' ', processors ?? _ownProcessors!)}", error);
        else
            _processors = processors;
    }

    private void ApplyLock(bool locked)
    {
        if (locked == _isLocked)
            return;
        Errno error = locked ? MemoryLock.LockAll() : MemoryLock.UnlockAll();
        if (error != Errno.None)
            Warn("vrrp_no_swap", error);
        else
            _isLocked = locked;
    }

    // keepalived has a limit of 10 ms when none is given, for one process out of three. Here a burst of 1000 instances or a large
    // reload may take longer in the one that there is, and to be killed for it would be worse than what the limit is for.
    private void ApplyTimeLimit(uint? microseconds)
    {
        if (microseconds == _timeLimit)
            return;
        Errno error = RealtimeScheduling.LimitTime(microseconds);
        if (error != Errno.None)
            Warn("vrrp_rlimit_rttime", error);
        else
            _timeLimit = microseconds;
    }

    private void Warn(string what, Errno error)
        => log.Write(LogLevel.Warning, EventIds.ProcessTuning, $"Cannot set {what} - {new ErrnoText(error)}");
}
