namespace KeepalivedAot.Base.Time;

/// <summary>Whoever registered timers in a <see cref="TimerQueue"/>.</summary>
public interface ITimerOwner
{
    /// <summary>A timer of this owner has run out. It is disarmed already and may be armed again here.</summary>
    /// <param name="name">The number under which the owner registered it: the value of its own timer enum.</param>
    /// <param name="deadline">When it was due; periodic timers count from here and not from <paramref name="now"/>.</param>
    void OnTimer(int name, Instant deadline, Instant now);
}
