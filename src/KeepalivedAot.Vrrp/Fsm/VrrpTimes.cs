using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>The arithmetic of elections (RFC 9568, 6.1; RFC 3768, 6.1), exact to the nanosecond.</summary>
public static class VrrpTimes
{
    /// <summary>(256 - priority) / 256 of the interval: the higher the priority, the sooner.</summary>
    /// <param name="interval">v3: Active_Adver_Interval; v2: one second, whatever the interval.</param>
    public static Duration SkewTime(Priority priority, Duration interval) => interval * (256 - priority.Value) / 256;
}
