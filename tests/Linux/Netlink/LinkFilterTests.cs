using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink;

/// <summary>What the kernel keeps back of links that nobody cares for, and what it must not keep back.</summary>
public sealed class LinkFilterTests : IDisposable
{
    private readonly NetworkNamespace _router = new();
    private readonly LinkRecorder _recorder = new();
    private readonly Interest _interest = new();

    public LinkFilterTests()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.Ip("link set far up");
    }

    public void Dispose() => _router.Dispose();

    private RtnetlinkMonitor Open()
    {
        RtnetlinkMonitor monitor = _router.Run(() =>
        {
            OsError failure = RtnetlinkMonitor.Open(_recorder, out RtnetlinkMonitor? opened);
            Assert.False(failure.IsError, failure.ToString());
            return opened!;
        });
        monitor.SetInterest(_interest);
        monitor.ReadSnapshot();
        // The carrier, which the kernel tells of late.
        Thread.Sleep(1200);
        Drain(monitor);
        return monitor;
    }

    private int Drain(RtnetlinkMonitor monitor)
    {
        _recorder.Told.Clear();
        Assert.True(monitor.Drain(1_000_000, out int taken));
        return taken;
    }

    private void Care(string name) => _interest.Set(_router.IndexOf(name), name);

    [Theory]
    [InlineData("a")]
    [InlineData("eth")]
    [InlineData("eth0")]
    [InlineData("vrrp.51")]
    [InlineData("eth0.100")]
    [InlineData("fifteen-letters")]
    public void Name_that_is_waited_for_comes_through_and_others_like_it_do_not(string name)
    {
        _interest.Set(0, name);
        using RtnetlinkMonitor monitor = Open();
        string longer = name.Length == KernelName.MaximumLength ? $"{name[..^1]}x" : $"{name}x";
        string shorter = name.Length == 1 ? "b" : name[..^1];
        _router.Ip($"link add name {longer} type veth peer name {shorter}");
        Assert.Equal(0, Drain(monitor));
        _router.Ip($"link add name {name} type veth peer name other");
        Assert.True(Drain(monitor) > 0);
        Assert.Contains(_recorder.Links.Values, link => link.Name.ToString() == name);
        // By renaming, too.
        _router.Ip($"link del dev {name}");
        _router.Ip($"link set dev {longer} name {name}");
        Assert.True(Drain(monitor) > 0);
    }

    [Fact]
    public void Link_that_is_cared_for_is_told_of_in_full()
    {
        Care("lan");
        using RtnetlinkMonitor monitor = Open();
        _router.Ip("address add 10.9.9.1/24 dev lan");
        _router.Ip("-6 address add 2001:db8::1/64 dev lan");
        _router.Ip("address add 10.9.8.1/24 dev far");
        Drain(monitor);
        Assert.Equal(["address 10.9.9.1/24", "address 2001:db8::1/64"], _recorder.Told.Where(static line => line.StartsWith("address", StringComparison.Ordinal)).Distinct());
        _router.Ip("address del 10.9.9.1/24 dev lan");
        _router.Ip("link set lan mtu 1400");
        _router.Ip("link set lan down");
        _router.Ip("link set lan name wan");
        Drain(monitor);
        Assert.Contains("address 10.9.9.1/24 gone", _recorder.Told);
        Assert.Contains("link wan down", _recorder.Told);
        Assert.Equal(1400, _recorder.Find("wan")!.Value.Mtu);
        _router.Ip("link del wan");
        Drain(monitor);
        Assert.Contains("link wan gone", _recorder.Told);
    }

    [Fact]
    public void Others_do_not_wake_anybody()
    {
        Care("lan");
        using RtnetlinkMonitor monitor = Open();
        _router.Ip("link add br0 type bridge");
        _router.IpBatch(Enumerable.Range(1, 100).Select(static i => $"link add m{i} link far type macvlan"));
        _router.IpBatch(Enumerable.Range(1, 100).Select(static i => $"address add 10.1.{i}.1/24 dev m{i}"));
        _router.IpBatch(Enumerable.Range(1, 100).Select(static i => $"link set m{i} up"));
        _router.IpBatch(Enumerable.Range(1, 100).Select(static i => $"link del m{i}"));
        Assert.Equal(0, Drain(monitor));
        // What it is of a bridge is no news of the interface itself.
        _router.Ip("link set lan master br0");
        Drain(monitor);
        Assert.Equal(_router.IndexOf("br0"), _recorder.Find("lan")!.Value.MasterIndex);
    }

    [Fact]
    public void Snapshot_is_not_kept_back_and_nothing_is_lost_while_it_runs()
    {
        Care("lan");
        using RtnetlinkMonitor monitor = Open();
        _router.Ip("link add new type veth peer name newfar");
        Assert.Equal(0, Drain(monitor));
        // Somebody begins to care: the index is not known yet.
        _interest.Set(0, "new");
        monitor.RequestSnapshot();
        _router.Ip("address add 10.9.7.1/24 dev new");
        Drain(monitor);
        Assert.NotNull(_recorder.Find("new"));
        Assert.NotNull(_recorder.Find("far"));
        Assert.True(_recorder.Has(_router.IndexOf("new"), "10.9.7.1/24"));
        Care("new");
        Drain(monitor);
        _router.Ip("address add 10.9.7.2/24 dev new");
        Assert.True(Drain(monitor) > 0);
        Assert.Equal(0, _interest.Refusals);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3)]
    public void Snapshot_of_one_interface_is_answered(int others)
    {
        for (int i = 0; i < others; i++)
            _interest.Set(1000 + i, $"e{i}");
        Care("lan");
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot(_router.IndexOf("lan"));
        Drain(monitor);
        Assert.Contains("link lan up", _recorder.Told);
        Assert.Equal(Errno.None, _recorder.SnapshotEnds[^1].Error);
        // However many there are: with a filter or without, what matters comes through.
        _router.Ip("link set lan mtu 1300");
        Drain(monitor);
        Assert.Equal(1300, _recorder.Find("lan")!.Value.Mtu);
    }

    [Fact]
    public void More_links_than_a_program_can_name_come_all_through()
    {
        for (int i = 0; i < 2000; i++)
            _interest.Set(1000 + i, $"e{i}");
        Care("lan");
        using RtnetlinkMonitor monitor = Open();
        Assert.Equal(1, _interest.Refusals);
        _router.Ip("link add new type veth peer name newfar");
        Assert.True(Drain(monitor) > 0);
        // It is not asked for again and again.
        Assert.Equal(1, _interest.Refusals);
    }

    private sealed class Interest : ILinkInterest
    {
        private readonly Dictionary<string, int> _links = [];

        public int InterestVersion { get; private set; }

        public int Refusals { get; private set; }

        public void Set(int index, string name)
        {
            _links[name] = index;
            InterestVersion++;
        }

        public void AddTo(LinkFilter filter)
        {
            foreach ((string name, int index) in _links)
            {
                Assert.True(KernelName.TryParse(name, out KernelName kernel));
                filter.Add(index, kernel);
            }
        }

        public void OnFilterRefused(OsError why) => Refusals++;
    }
}
