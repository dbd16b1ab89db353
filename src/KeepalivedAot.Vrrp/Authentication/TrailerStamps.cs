using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>The numbers in our own <c>auth_hmac</c> trailers: the time, and always larger than the one before.</summary>
/// <remarks>
/// <code>
/// | seconds (32) | 1/65536 s (16) | counter (16) |
/// </code>
/// The number survives a reload. A process that starts anew goes on from the clock.
/// </remarks>
public sealed class TrailerStamps
{
    private ulong _last;
    private bool _hasSent;

    /// <summary>A time as a number, its counter 0.</summary>
    public static ulong Of(UnixTime time) => (ulong)(uint)time.Seconds << 32 | (ulong)time.Fraction << 16;

    /// <summary>The number of the next advertisement.</summary>
    /// <param name="window">
    /// How far ahead of the clock a number may be, in seconds; 0 = without limit. A clock that was put back by less is outrun by
    /// counting, as the peers know our last number; one that was put back by more was wrong before, and nobody accepted that.
    /// </param>
    public ulong Next(UnixTime now, int window)
    {
        ulong clock = Of(now);
        bool isOutrun = _hasSent && !ReplayGuard.IsAfter(clock, _last)
            && (window == 0 || !ReplayGuard.IsAfter(_last, clock + ((ulong)window << 32)));
        _hasSent = true;
        _last = isOutrun ? _last + 1 : clock;
        return _last;
    }
}
