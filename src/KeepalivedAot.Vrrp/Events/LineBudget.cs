using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Events;

/// <summary>
/// How many lines may be written about what others do, such as the packets of one router: a burst, then so many a second. Whoever sends
/// packets decides how many there are; he shall not decide how much is written.
/// </summary>
public struct LineBudget
{
    /// <summary>More than there are kinds of lines, so that each is seen.</summary>
    public const int Burst = 40;

    /// <summary>Time until one more line may be written.</summary>
    public static readonly Duration Refill = Duration.FromMilliseconds(500);

    public static readonly LineBudget Full = new() { _left = Burst };

    private int _left;
    private Instant _refilledAt;
    private long _leftOut;

    /// <param name="leftOut">How many lines were not written since the last one that was.</param>
    public bool TryTake(Instant now, out long leftOut)
    {
        leftOut = 0;
        if (_left < Burst)
        {
            long more = (now - _refilledAt).Nanoseconds / Refill.Nanoseconds;
            if (more > 0)
            {
                _left = (int)Math.Min(Burst, _left + more);
                _refilledAt += Refill * more;
            }
        }
        if (_left == 0)
        {
            _leftOut++;
            return false;
        }
        if (_left == Burst)
            _refilledAt = now;
        _left--;
        leftOut = _leftOut;
        _leftOut = 0;
        return true;
    }
}
