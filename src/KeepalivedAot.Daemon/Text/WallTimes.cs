using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Text;

/// <summary>What the clock on the wall showed, or will show, at an instant.</summary>
/// <remarks>
/// The same instant is the same time in every dump and every status, although the two clocks cannot be read at once: who watches the time of the last transition
/// must not see it change. Only when the clock has been set all times are others.
/// </remarks>
internal sealed class WallTimes
{
    // Far more than two readings are apart, and less than anybody sets a clock by.
    private static readonly Duration s_same = Duration.FromMilliseconds(10);

    private Duration _offset = Duration.MaxValue;

    public void Update(Instant now, UnixTime unix)
    {
        Duration offset = new(unix.Nanoseconds - now.Nanoseconds);
        if (_offset == Duration.MaxValue || offset - _offset > s_same || _offset - offset > s_same)
            _offset = offset;
    }

    public UnixTime Of(Instant at) => new(at.Nanoseconds + _offset.Nanoseconds);
}
