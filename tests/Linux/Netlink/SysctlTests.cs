using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink;

public sealed class SysctlTests
{
    [Fact]
    public void Forwarding_flag_of_an_interface_is_read()
    {
        using NetworkNamespace router = new();
        KernelName.TryParse("lo", out KernelName lo);
        router.Write("/proc/sys/net/ipv6/conf/lo/forwarding", "0");
        Assert.Equal((Errno.None, false), Read());
        router.Write("/proc/sys/net/ipv6/conf/lo/forwarding", "1");
        Assert.Equal((Errno.None, true), Read());

        (Errno, bool) Read() => router.Run(() => (Sysctl.ReadIPv6Forwarding(lo, out bool isForwarding), isForwarding));
    }

    [Fact]
    public void Missing_interface_is_enoent()
    {
        KernelName.TryParse("no-such-if", out KernelName missing);
        Assert.Equal(Errno.ENOENT, Sysctl.ReadIPv6Forwarding(missing, out _));
    }

    [Fact]
    public void File_without_a_number_is_ebadmsg()
        => Assert.Equal(Errno.EBADMSG, Sysctl.ReadInt("/proc/sys/kernel/ostype"u8, out _));

    [Fact]
    public void Negative_number_is_read()
    {
        using NetworkNamespace router = new();
        router.Write("/proc/sys/net/ipv6/conf/lo/router_solicitations", "-1");
        Assert.Equal(
            (Errno.None, -1),
            router.Run(() => (Sysctl.ReadInt("/proc/sys/net/ipv6/conf/lo/router_solicitations"u8, out int value), value)));
    }

    [Fact]
    public void Written_number_is_read_back_and_a_missing_setting_is_enoent()
    {
        using NetworkNamespace router = new();
        Assert.Equal(
            (Errno.None, Errno.None, 2),
            router.Run(() => (Sysctl.WriteInt("/proc/sys/net/ipv4/conf/all/rp_filter"u8, 2), Sysctl.ReadInt("/proc/sys/net/ipv4/conf/all/rp_filter"u8, out int value), value)));
        Assert.Equal(Errno.ENOENT, router.Run(static () => Sysctl.WriteInt("/proc/sys/net/ipv4/conf/no-such-if/rp_filter"u8, 0)));
    }
}
