using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Notifications;

/// <summary>The scripts of one instance or group: one runs, the others wait in their order.</summary>
/// <remarks>
/// When more than <see cref="MostPending"/> wait, the oldest goes: what has become of the instance since then matters more. A router that
/// hears many lower priorities has no more than one such job waiting.
/// </remarks>
internal sealed class NotificationLane(string title)
{
    public const int MostPending = 32;

    private readonly Queue<NotificationJob> _pending = [];

    /// <summary>For messages: "(VI_1)".</summary>
    public string Title => title;

    public NotificationJob? Running { get; private set; }

    public IScriptRun? Run { get; private set; }

    public int PendingCount => _pending.Count;

    public bool IsIdle => Running is null && _pending.Count == 0;

    /// <summary>The lanes of a group's members: what they have to run of earlier notices comes before the group's.</summary>
    public IReadOnlyList<NotificationLane> Members { get; set; } = [];

    /// <summary>It has run longer than a script whose successor waits may.</summary>
    public bool IsPastPatience { get; set; }

    /// <summary>How many were dropped since the last one was run.</summary>
    public int Dropped { get; private set; }

    /// <summary>The number of the first job that is not done; greater than all when there is none.</summary>
    public long OldestOrder => Running?.Order ?? (_pending.TryPeek(out NotificationJob? first) ? first.Order : long.MaxValue);

    /// <returns>False: it is not taken, as one like it waits already.</returns>
    public bool Enqueue(NotificationJob job)
    {
        if (job.Notice == Notice.MasterHearsLower)
        {
            foreach (NotificationJob waiting in _pending)
            {
                if (waiting.Notice == Notice.MasterHearsLower && ReferenceEquals(waiting.Program, job.Program))
                    return false;
            }
        }
        if (_pending.Count == MostPending)
        {
            _pending.Dequeue().Program.Release();
            Dropped++;
        }
        job.Program.Hold();
        _pending.Enqueue(job);
        return true;
    }

    /// <summary>The next one, if it may start: nothing of the lane runs, and no member has anything older to do.</summary>
    public NotificationJob? TakeNext()
    {
        if (Running is not null || !_pending.TryPeek(out NotificationJob? next))
            return null;
        foreach (NotificationLane member in Members)
        {
            if (member.OldestOrder < next.Order)
                return null;
        }
        return _pending.Dequeue();
    }

    public void Begin(NotificationJob job, IScriptRun run)
    {
        Running = job;
        Run = run;
        IsPastPatience = false;
        Dropped = 0;
    }

    public void End()
    {
        Running = null;
        Run = null;
        IsPastPatience = false;
    }

    /// <summary>Forgets what waits because of what happened before this.</summary>
    /// <returns>How many.</returns>
    public int Forget(long before)
    {
        int count = 0;
        for (; _pending.TryPeek(out NotificationJob? job) && job.Order < before; count++)
            _pending.Dequeue().Program.Release();
        return count;
    }
}
