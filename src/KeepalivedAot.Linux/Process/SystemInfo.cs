using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>uname(2): what the line <c>Running on Linux 6.1.0 #1 SMP ...</c> is made of.</summary>
public sealed record KernelVersion(string System, string Release, string Version, string Machine);

/// <summary>CPU time that was used, as the lines at the stop show it.</summary>
public readonly record struct CpuUsage(Duration User, Duration System);

/// <summary>Small facts about the host and this process.</summary>
public static unsafe class SystemInfo
{
    // Seven numbers of at most 20 digits.
    private const int StatmLength = 160;

    public static int ProcessId => getpid();

    /// <summary>The user and the group that the process acts as.</summary>
    public static (uint User, uint Group) Self => (Libc.geteuid(), Libc.getegid());

    /// <summary>How many descriptors this process may have (RLIMIT_NOFILE).</summary>
    public static int DescriptorLimit
    {
        get
        {
            rlimit limit;
            Invariant.Require(Libc.getrlimit(Libc.RLIMIT_NOFILE, &limit) == 0, "there is a limit of descriptors");
            return (int)Math.Min(limit.rlim_cur, int.MaxValue);
        }
    }

    /// <summary>The node name of uname(2), as gethostname gives it.</summary>
    public static string HostName
    {
        get
        {
            utsname name = ReadName();
            return Text(name.nodename);
        }
    }

    public static KernelVersion Kernel
    {
        get
        {
            utsname name = ReadName();
            return new KernelVersion(Text(name.sysname), Text(name.release), Text(name.version), Text(name.machine));
        }
    }

    /// <summary>Time since the machine started, suspended time included.</summary>
    public static Duration Uptime
    {
        get
        {
            timespec time;
            Invariant.Require(Libc.clock_gettime(Libc.CLOCK_BOOTTIME, &time) == 0, "there is a boot clock");
            return Duration.FromSeconds((long)time.tv_sec) + Duration.FromNanoseconds((long)time.tv_nsec);
        }
    }

    public static CpuUsage OwnCpuUsage => ReadUsage(Libc.RUSAGE_SELF);

    /// <summary>Of the children that were awaited.</summary>
    public static CpuUsage ChildrenCpuUsage => ReadUsage(Libc.RUSAGE_CHILDREN);

    /// <summary>What this process has in memory, in bytes (proc(5), statm); 0 where /proc does not tell.</summary>
    public static long ResidentMemory
    {
        get
        {
            int descriptor;
            fixed (byte* path = "/proc/self/statm\0"u8)
                descriptor = open(path, O_RDONLY | O_CLOEXEC, 0);
            if (descriptor < 0)
                return 0;
            byte* text = stackalloc byte[StatmLength];
            long length = (long)read(descriptor, text, StatmLength);
            close(descriptor);
            ReadOnlySpan<byte> rest = new(text, (int)Math.Max(0, length));
            // The size of it all, and then what of it is in memory, in pages.
            rest = rest[(rest.IndexOf((byte)' ') + 1)..];
            return Utf8Parser.TryParse(rest, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
        }
    }

    private static CpuUsage ReadUsage(int who)
    {
        rusage usage;
        Invariant.Require(Libc.getrusage(who, &usage) == 0, "a process may ask what it used");
        return new CpuUsage(
            Duration.FromSeconds(usage.ru_utime_sec) + Duration.FromMicroseconds(usage.ru_utime_usec),
            Duration.FromSeconds(usage.ru_stime_sec) + Duration.FromMicroseconds(usage.ru_stime_usec));
    }

    private static utsname ReadName()
    {
        utsname name;
        Invariant.Require(Libc.uname(&name) == 0, "the kernel has a name");
        return name;
    }

    private static string Text(byte* text)
        => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
