using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Loop;

/// <summary>CLOCK_MONOTONIC: the clock of every <see cref="Instant"/> in the daemon. It stands still while the machine is suspended.</summary>
public static unsafe class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static Instant Now
    {
        get
        {
            timespec time;
            Invariant.Require(Libc.clock_gettime(Libc.CLOCK_MONOTONIC, &time) == 0, "there is a monotonic clock");
            return new Instant((long)time.tv_sec * NanosecondsPerSecond + (long)time.tv_nsec);
        }
    }
}
