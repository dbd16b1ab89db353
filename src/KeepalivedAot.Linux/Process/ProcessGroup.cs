using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>A process group, which outlives its leader as long as anybody is in it; its number is given to nobody else meanwhile.</summary>
public static class ProcessGroup
{
    public static bool IsAlive(int group) => kill(-group, 0) == 0 || Libc.LastErrno != Errno.ESRCH;
}
