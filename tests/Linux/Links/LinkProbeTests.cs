using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Links;

/// <summary>Asking drivers for links. A veth knows ethtool and flags, and no transceiver.</summary>
public sealed class LinkProbeTests
{
    private static (Errno, bool) Ask(NetworkNamespace router, string name, LinkProbeMethod method) => router.Run(() =>
    {
        KernelName.TryParse(name, out KernelName kernelName);
        Assert.False(LinkProbe.Open(out LinkProbe? probe).IsError);
        using (probe)
            return (probe!.Probe(kernelName, method, out bool isUp), isUp);
    });

    [Theory]
    [InlineData(LinkProbeMethod.Ethtool)]
    [InlineData(LinkProbeMethod.Flags)]
    public void Probe_veth_followsItsPeer(LinkProbeMethod method)
    {
        using NetworkNamespace router = new();
        router.Ip("link add eth7 type veth peer name peer7");
        router.Ip("link set eth7 up");
        Assert.Equal((Errno.None, false), Ask(router, "eth7", method));
        router.Ip("link set peer7 up");
        // IFF_RUNNING is set by the kernel's link watch, which has its own time on a busy machine.
        SpinWait.SpinUntil(() => Ask(router, "eth7", method) != (Errno.None, false), TimeSpan.FromSeconds(5));
        Assert.Equal((Errno.None, true), Ask(router, "eth7", method));
    }

    [Fact]
    public void Probe_flagsOfAnInterfaceThatIsOff_areDown()
    {
        using NetworkNamespace router = new();
        router.Ip("link set lo down");
        Assert.Equal((Errno.None, false), Ask(router, "lo", LinkProbeMethod.Flags));
        router.Ip("link set lo up");
        Assert.Equal((Errno.None, true), Ask(router, "lo", LinkProbeMethod.Flags));
    }

    [Fact]
    public void Probe_transceiverOfAVeth_isRefused()
    {
        using NetworkNamespace router = new();
        router.Ip("link add eth7 type veth peer name peer7");
        (Errno error, bool isUp) = Ask(router, "eth7", LinkProbeMethod.Mii);
        Assert.Equal(Errno.EOPNOTSUPP, error);
        Assert.False(isUp);
    }

    [Theory]
    [InlineData(LinkProbeMethod.Mii)]
    [InlineData(LinkProbeMethod.Ethtool)]
    [InlineData(LinkProbeMethod.Flags)]
    public void Probe_missingInterface_isEnodev(LinkProbeMethod method)
    {
        using NetworkNamespace router = new();
        Assert.Equal((Errno.ENODEV, false), Ask(router, "nosuch0", method));
    }
}
