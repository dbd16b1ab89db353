using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>
/// When something that others took away is put back: at once, but later and later for whoever takes it away again and again. Two who
/// contend for an address must not keep each other, and the network, busy.
/// </summary>
internal sealed class RestorationPace
{
    /// <summary>So many times in a row it is put back at once.</summary>
    public const int AtOnce = 5;

    // Then it waits so long, and twice as long each time.
    private static readonly Duration FirstPause = Duration.FromMilliseconds(100);
    private static readonly Duration LongestPause = Duration.FromSeconds(10);

    /// <summary>What has stayed for so long does not belong to the row any more.</summary>
    private static readonly Duration Forgotten = Duration.FromSeconds(60);

    private Instant _last;

    /// <summary>How often it was taken away, as long as it never stayed for a minute.</summary>
    public int InRow { get; private set; }

    /// <summary>It was taken away.</summary>
    /// <returns>How long to wait before it is put back.</returns>
    public Duration OnGone(Instant now)
    {
        if (InRow > 0 && now - _last > Forgotten)
            InRow = 0;
        Duration pause = PauseAfter(InRow);
        InRow = Math.Min(InRow + 1, int.MaxValue - 1);
        _last = now + pause;
        return pause;
    }

    private static Duration PauseAfter(int row)
    {
        if (row < AtOnce)
            return Duration.Zero;
        Duration pause = FirstPause;
        for (int i = AtOnce; i < row && pause < LongestPause; i++)
            pause *= 2;
        return pause < LongestPause ? pause : LongestPause;
    }
}
