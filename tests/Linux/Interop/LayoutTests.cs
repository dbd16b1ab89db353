using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tests.Linux.Process;
using Tmds.Linux;

namespace KeepalivedAot.Tests.Linux.Interop;

/// <summary>A C compiler is asked whether our structs and numbers are the kernel's, on both architectures.</summary>
public sealed unsafe class LayoutTests
{
    private static string Assertions(bool arm64)
    {
        StringBuilder c = new();
        foreach (string header in (string[])["time.h", "signal.h", "sched.h", "fcntl.h", "sys/epoll.h", "sys/timerfd.h", "sys/signalfd.h",
            "sys/utsname.h", "sys/resource.h", "sys/prctl.h", "sys/stat.h", "sys/wait.h", "sys/un.h", "sys/syscall.h", "linux/capability.h", "linux/close_range.h",
            "linux/if.h", "linux/mii.h", "linux/ethtool.h", "linux/sockios.h", "sys/inotify.h", "sys/socket.h", "linux/netlink.h", "linux/connector.h", "linux/cn_proc.h", "linux/netfilter.h", "linux/netfilter/nfnetlink.h",
            "linux/netfilter/nf_tables.h", "stddef.h"])
        {
            c.Append("#include <").Append(header).Append(">\n");
        }

        void Size<T>(string type) where T : unmanaged => c.Append($"_Static_assert(sizeof({type}) == {sizeof(T)}, \"size of {type}\");\n");
        void Offset<T>(string type, string field, string? ours = null) where T : unmanaged
            => c.Append($"_Static_assert(offsetof({type}, {field}) == {Marshal.OffsetOf<T>(ours ?? field)}, \"{type}.{field}\");\n");
        void Value(string name, long value) => c.Append($"_Static_assert({name} == {value}, \"{name}\");\n");

        Size<itimerspec>("struct itimerspec");
        Offset<itimerspec>("struct itimerspec", "it_value");
        Size<timespec>("struct timespec");
        Size<tm>("struct tm");
        Offset<tm>("struct tm", "tm_year");
        Offset<tm>("struct tm", "tm_wday");
        Offset<tm>("struct tm", "tm_gmtoff");
        Offset<tm>("struct tm", "tm_zone");
        Size<signalfd_siginfo>("struct signalfd_siginfo");
        Offset<signalfd_siginfo>("struct signalfd_siginfo", "ssi_code");
        Offset<signalfd_siginfo>("struct signalfd_siginfo", "ssi_pid");
        Offset<signalfd_siginfo>("struct signalfd_siginfo", "ssi_uid");
        Offset<signalfd_siginfo>("struct signalfd_siginfo", "ssi_status");
        Size<siginfo>("siginfo_t");
        Offset<siginfo>("siginfo_t", "si_code");
        Offset<siginfo>("siginfo_t", "si_pid");
        Offset<siginfo>("siginfo_t", "si_status");
        Size<sched_param>("struct sched_param");
        Size<utsname>("struct utsname");
        Offset<utsname>("struct utsname", "machine");
        Size<cap_header>("struct __user_cap_header_struct");
        Size<cap_data>("struct __user_cap_data_struct");
        Value("_LINUX_CAPABILITY_VERSION_3", cap_header.Version3);
        Size<rusage>("struct rusage");
        Offset<rusage>("struct rusage", "ru_stime", "ru_stime_sec");
        Size<sigset_t>("sigset_t");
        Size<flock>("struct flock");
        Offset<flock>("struct flock", "l_pid");
        Size<sockaddr_un>("struct sockaddr_un");
        Size<ifreq>("struct ifreq");
        Offset<ifreq>("struct ifreq", "ifr_ifru", "ifr_data");
        Size<mii_ioctl_data>("struct mii_ioctl_data");
        Offset<mii_ioctl_data>("struct mii_ioctl_data", "val_out");
        Size<ethtool_value>("struct ethtool_value");
        Value("SIOCGIFFLAGS", Libc.SIOCGIFFLAGS);
        Value("SIOCETHTOOL", Libc.SIOCETHTOOL);
        Value("SIOCGMIIPHY", Libc.SIOCGMIIPHY);
        Value("SIOCGMIIREG", Libc.SIOCGMIIREG);
        Value("ETHTOOL_GLINK", Libc.ETHTOOL_GLINK);
        Value("MII_BMSR", Libc.MII_BMSR);
        Value("BMSR_LSTATUS", Libc.BMSR_LSTATUS);
        // Tmds.LibC has one assembly for each architecture; here only that of this machine is loaded.
        if (arm64)
            c.Append("_Static_assert(sizeof(struct epoll_event) == 16 && offsetof(struct epoll_event, data) == 8, \"epoll_event\");\n");
        else
            Size<epoll_event>("struct epoll_event");
        Offset<epoll_event>("struct epoll_event", "events");
        if (!arm64)
            c.Append($"_Static_assert(offsetof(struct epoll_event, data) == {EpollDataOffset()}, \"epoll_event.data\");\n");

        Value("TFD_NONBLOCK", Libc.TFD_NONBLOCK);
        Value("TFD_CLOEXEC", Libc.TFD_CLOEXEC);
        Value("TFD_TIMER_ABSTIME", Libc.TFD_TIMER_ABSTIME);
        Value("SFD_NONBLOCK", Libc.SFD_NONBLOCK);
        Value("SFD_CLOEXEC", Libc.SFD_CLOEXEC);
        Value("CLOCK_MONOTONIC", Libc.CLOCK_MONOTONIC);
        Value("CLOCK_BOOTTIME", Libc.CLOCK_BOOTTIME);
        Value("SCHED_RR", Libc.SCHED_RR);
        Value("SCHED_RESET_ON_FORK", Libc.SCHED_RESET_ON_FORK);
        Value("PR_SET_PDEATHSIG", Libc.PR_SET_PDEATHSIG);
        Value("PR_SET_NAME", Libc.PR_SET_NAME);
        Value("PR_GET_NAME", Libc.PR_GET_NAME);
        Value("F_OFD_SETLK", Libc.F_OFD_SETLK);
        Value("F_WRLCK", Libc.F_WRLCK);
        Value("WEXITED", Libc.WEXITED);
        Value("WNOHANG", Libc.WNOHANG);
        Value("P_PID", Libc.P_PID);
        Value("CLD_EXITED", Libc.CLD_EXITED);
        Value("CLOSE_RANGE_CLOEXEC", 4);
        Value("CAP_NET_ADMIN", (int)Capability.NetAdmin);
        Value("CAP_NET_RAW", (int)Capability.NetRaw);
        Value("CAP_IPC_LOCK", (int)Capability.IpcLock);
        Value("CAP_SYS_NICE", (int)Capability.SysNice);

        Size<inotify_event>("struct inotify_event");
        Offset<inotify_event>("struct inotify_event", "len");
        Value("IN_NONBLOCK", Libc.IN_NONBLOCK);
        Value("IN_CLOEXEC", Libc.IN_CLOEXEC);
        Value("IN_CLOSE_WRITE", Libc.IN_CLOSE_WRITE);
        Value("IN_MOVED_FROM", Libc.IN_MOVED_FROM);
        Value("IN_MOVED_TO", Libc.IN_MOVED_TO);
        Value("IN_CREATE", Libc.IN_CREATE);
        Value("IN_ISDIR", Libc.IN_ISDIR);
        Value("IN_DELETE", Libc.IN_DELETE);
        Value("IN_DELETE_SELF", Libc.IN_DELETE_SELF);
        Value("IN_MOVE_SELF", Libc.IN_MOVE_SELF);
        Value("IN_Q_OVERFLOW", Libc.IN_Q_OVERFLOW);
        Value("IN_IGNORED", Libc.IN_IGNORED);
        Value("IN_ONLYDIR", Libc.IN_ONLYDIR);

        Size<cn_msg>("struct cn_msg");
        Offset<cn_msg>("struct cn_msg", "len");
        Value("NETLINK_CONNECTOR", Libc.NETLINK_CONNECTOR);
        Value("CN_IDX_PROC", Libc.CN_IDX_PROC);
        Value("CN_VAL_PROC", Libc.CN_VAL_PROC);
        Value("PROC_CN_MCAST_LISTEN", Libc.PROC_CN_MCAST_LISTEN);
        Value("sizeof(struct nlmsghdr) + sizeof(struct cn_msg)", Libc.ConnectorHeaderLength);
        c.Append($"_Static_assert(offsetof(struct proc_event, event_data.fork.child_tgid) == {Marshal.OffsetOf<proc_event>("fourth")}, \"proc_event\");\n");
        c.Append($"_Static_assert(offsetof(struct proc_event, event_data.exit.process_tgid) == {Marshal.OffsetOf<proc_event>("second")}, \"proc_event\");\n");

        Size<nfgenmsg>("struct nfgenmsg");
        Offset<nfgenmsg>("struct nfgenmsg", "res_id");
        foreach (System.Reflection.FieldInfo number in typeof(Libc).GetFields().Where(static field => field.Name.StartsWith("NF", StringComparison.Ordinal)))
            Value(number.Name, Convert.ToInt64(number.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture));
        Value("NETLINK_NETFILTER", Libc.NETLINK_NETFILTER);
        Value("NLMSGERR_ATTR_OFFS", Libc.NLMSGERR_ATTR_OFFS);

        Type numbers = arm64 ? typeof(SysNumberArm64) : typeof(SysNumberX64);
        foreach (System.Reflection.FieldInfo number in numbers.GetFields())
            Value($"SYS_{number.Name}", (int)number.GetRawConstantValue()!);
        Value("SYS_pidfd_open", SysNumber.pidfd_open);
        Value("SYS_close_range", SysNumber.close_range);
        return c.ToString();
    }

    private static long EpollDataOffset()
    {
        epoll_event e = default;
        return (byte*)&e.data - (byte*)&e;
    }

    [Theory]
    [InlineData("clang", false)]
    [InlineData("aarch64-linux-gnu-gcc", true)]
    public void Structs_and_numbers_are_those_of_the_C_headers(string compiler, bool arm64)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{compiler}"), $"needs {compiler}");
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.PathOf("layout.c"), "#define _GNU_SOURCE\n" + Assertions(arm64));
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new ProcessStartInfo(compiler)
        {
            ArgumentList = { "-fsyntax-only", directory.PathOf("layout.c") },
            RedirectStandardError = true,
        })!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, messages);
    }
}
