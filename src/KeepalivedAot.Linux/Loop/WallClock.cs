using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Loop;

/// <summary>CLOCK_REALTIME: what other machines can be told. It may be set, and then jumps.</summary>
public static unsafe class WallClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static UnixTime Now
    {
        get
        {
            timespec time;
            Invariant.Require(Libc.clock_gettime(Libc.CLOCK_REALTIME, &time) == 0, "there is a clock");
            return new UnixTime((long)time.tv_sec * NanosecondsPerSecond + (long)time.tv_nsec);
        }
    }
}
