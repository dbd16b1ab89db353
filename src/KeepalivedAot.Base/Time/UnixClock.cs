namespace KeepalivedAot.Base.Time;

/// <summary>What the clock on the wall shows at an <see cref="Instant"/>, as somebody who can see it has said last.</summary>
/// <remarks>
/// No clock itself, so a pure core may have it: whoever runs the core says at the beginning of each turn what time it is, and everything
/// that happens within the turn goes by that. Before it is told anything it shows 1970.
/// </remarks>
public sealed class UnixClock
{
    private Instant _toldAt;
    private UnixTime _told;

    public void Set(Instant now, UnixTime unix) => (_toldAt, _told) = (now, unix);

    public UnixTime At(Instant now) => _told + (now - _toldAt);
}
