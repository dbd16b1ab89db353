using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink;

public sealed class RtnetlinkMonitorTests : IDisposable
{
    private const int EthernetHardware = 1;

    private readonly NetworkNamespace _router = new();
    private readonly LinkRecorder _recorder = new();

    public void Dispose() => _router.Dispose();

    private RtnetlinkMonitor Open(int receiveBufferBytes = RtnetlinkMonitor.DefaultReceiveBufferBytes) => _router.Run(() =>
    {
        OsError failure = RtnetlinkMonitor.Open(_recorder, out RtnetlinkMonitor? monitor, receiveBufferBytes);
        Assert.False(failure.IsError, failure.ToString());
        return monitor!;
    });

    // The kernel tells of a carrier up to a second late.
    private static void DrainUntil(RtnetlinkMonitor monitor, Func<bool> condition)
    {
        for (int i = 0; i < 500; i++)
        {
            Assert.True(monitor.Drain(1000));
            if (condition())
                return;
            Thread.Sleep(10);
        }
        Assert.Fail("it was not reported");
    }

    [Fact]
    public void Snapshot_describes_links_of_every_kind()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan address 02:00:00:00:00:01 mtu 9000 up");
        _router.Ip("link set far up");
        _router.Ip("link add link lan name vrrp.51 address 00:00:5e:00:01:33 type macvlan mode private");
        _router.Ip("link add br0 type bridge");
        _router.Ip("link set far master br0");
        _router.Ip("link set vrrp.51 arp off");

        using RtnetlinkMonitor monitor = Open();
        monitor.ReadSnapshot();
        DrainUntil(monitor, () => _recorder.Find("lan")!.Value.IsUp);

        Assert.Equal([(0, Errno.None)], _recorder.SnapshotEnds);
        Assert.Empty(_recorder.Faults);
        LinkInfo lan = _recorder.Find("lan")!.Value;
        LinkInfo far = _recorder.Find("far")!.Value;
        LinkInfo vmac = _recorder.Find("vrrp.51")!.Value;
        LinkInfo bridge = _recorder.Find("br0")!.Value;
        LinkInfo loopback = _recorder.Find("lo")!.Value;
        Assert.Equal(_router.IndexOf("lan"), lan.Index);
        Assert.True(lan.IsUp);
        Assert.True(lan.Flags.HasFlag(LinkFlags.LowerUp | LinkFlags.Multicast | LinkFlags.Broadcast));
        Assert.Equal(OperationalState.Up, lan.OperationalState);
        Assert.Equal(9000, lan.Mtu);
        Assert.Equal(EthernetHardware, lan.HardwareType);
        Assert.True(lan.HasMacAddress);
        Assert.Equal(0x0200_0000_0001UL, lan.Address.Value);
        Assert.Equal(MacAddress.Broadcast, lan.BroadcastAddress);
        Assert.Equal((far.Index, false), (lan.LinkIndex, lan.IsLinkElsewhere));
        Assert.Equal("veth", lan.Kind.ToString());
        Assert.Equal(bridge.Index, far.MasterIndex);
        Assert.Equal(0, lan.MasterIndex);
        Assert.Equal((lan.Index, "macvlan"), (vmac.LinkIndex, vmac.Kind.ToString()));
        Assert.False(vmac.IsUp);
        Assert.True(vmac.Flags.HasFlag(LinkFlags.NoArp));
        Assert.Equal("bridge", bridge.Kind.ToString());
        Assert.True(loopback.Flags.HasFlag(LinkFlags.Loopback));
        Assert.True(loopback.Kind.IsNone);
    }

    [Fact]
    public void Snapshot_describes_addresses_of_both_families()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set far up");
        _router.Ip("link set lan up");
        _router.Ip("address add 10.0.0.1/24 brd 10.0.0.255 label lan:a dev lan");
        _router.Ip("address add 10.0.0.2 peer 10.9.0.1/30 dev lan");
        _router.Ip("address add fd09::100/128 dev lan nodad preferred_lft 0 scope link");
        _router.Ip("address add 10.0.1.1/32 dev lan valid_lft 1000 preferred_lft 500");

        using RtnetlinkMonitor monitor = Open();
        monitor.ReadSnapshot();

        int lan = _router.IndexOf("lan");
        InterfaceAddress plain = _recorder.Addresses[(lan, "10.0.0.1/24")];
        Assert.Equal((IpAddress.Parse("10.0.0.255"), "lan:a"), (plain.Broadcast, plain.Label.ToString()));
        Assert.True(plain.Peer.IsNone);
        Assert.True(plain.Flags.HasFlag(AddressFlags.Permanent));
        Assert.Equal(InterfaceAddress.Forever, plain.ValidLifetimeSeconds);
        InterfaceAddress pointToPoint = _recorder.Addresses[(lan, "10.0.0.2/30")];
        Assert.Equal(IpAddress.Parse("10.9.0.1"), pointToPoint.Peer);
        InterfaceAddress deprecated = _recorder.Addresses[(lan, "fd09::100/128")];
        Assert.True(deprecated.Flags.HasFlag(AddressFlags.Deprecated | AddressFlags.NoDad | AddressFlags.Permanent));
        Assert.Equal(0u, deprecated.PreferredLifetimeSeconds);
        InterfaceAddress aging = _recorder.Addresses[(lan, "10.0.1.1/32")];
        Assert.InRange(aging.ValidLifetimeSeconds, 990u, 1000u);
        Assert.False(aging.Flags.HasFlag(AddressFlags.Permanent));
        Assert.True(_recorder.Has(_router.IndexOf("lo"), "127.0.0.1/8"));
        Assert.True(_recorder.Has(_router.IndexOf("lo"), "::1/128"));
    }

    [Fact]
    public void Link_that_goes_down_comes_up_is_renamed_deleted_and_made_again_is_reported_in_order()
    {
        using RtnetlinkMonitor monitor = Open();
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set far up");
        _router.Ip("link set lan up");
        DrainUntil(monitor, () => _recorder.Find("lan")!.Value.IsUp);
        LinkInfo first = _recorder.Find("lan")!.Value;

        // The other end goes: carrier is lost although the interface is switched on.
        _router.Ip("link set far down");
        DrainUntil(monitor, () => !_recorder.Find("lan")!.Value.IsUp);
        LinkInfo without = _recorder.Find("lan")!.Value;
        Assert.True(without.Flags.HasFlag(LinkFlags.Up));
        Assert.False(without.Flags.HasFlag(LinkFlags.LowerUp));

        _router.Ip("link set far up");
        _router.Ip("link set lan down");
        _router.Ip("link set lan name wan");
        Assert.True(monitor.Drain(1000));
        LinkInfo renamed = _recorder.Find("wan")!.Value;
        Assert.Equal(first.Index, renamed.Index);
        Assert.Null(_recorder.Find("lan"));

        _router.Ip("link delete wan");
        Assert.True(monitor.Drain(1000));
        Assert.Null(_recorder.Find("wan"));
        Assert.Contains("link wan gone", _recorder.Told);

        _router.Ip("link add wan type veth peer name far");
        Assert.True(monitor.Drain(1000));
        Assert.NotEqual(first.Index, _recorder.Find("wan")!.Value.Index);
        Assert.Empty(_recorder.Faults);
    }

    [Fact]
    public void Link_that_moves_to_another_namespace_is_gone()
    {
        using NetworkNamespace other = new();
        using RtnetlinkMonitor monitor = Open();
        other.Connect("far", _router, "lan");
        Assert.True(monitor.Drain(1000));
        LinkInfo lan = _recorder.Find("lan")!.Value;
        Assert.True(lan.IsLinkElsewhere);

        // Deleting one end of a cable deletes both.
        other.Ip("link delete far");
        Assert.True(monitor.Drain(1000));
        Assert.Null(_recorder.Find("lan"));
    }

    [Fact]
    public void Port_that_leaves_its_bridge_is_not_a_link_that_is_gone()
    {
        using RtnetlinkMonitor monitor = Open();
        _router.Ip("link add br0 type bridge");
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan master br0");
        Assert.True(monitor.Drain(1000));
        Assert.Equal(_recorder.Find("br0")!.Value.Index, _recorder.Find("lan")!.Value.MasterIndex);

        _router.Ip("link set lan nomaster");
        Assert.True(monitor.Drain(1000));
        Assert.Equal(0, _recorder.Find("lan")!.Value.MasterIndex);
        Assert.DoesNotContain("link lan gone", _recorder.Told);
    }

    [Fact]
    public void Address_that_comes_and_goes_is_reported()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        int lan = _router.IndexOf("lan");
        using RtnetlinkMonitor monitor = Open();

        _router.Ip("address add 10.0.0.1/24 dev lan");
        _router.Ip("address add fd09::1/64 dev lan nodad");
        Assert.True(monitor.Drain(1000));
        Assert.True(_recorder.Has(lan, "10.0.0.1/24"));
        // The kernel tells of an IPv6 address from a work queue, also when there is no duplicate address detection.
        DrainUntil(monitor, () => _recorder.Has(lan, "fd09::1/64"));

        _router.Ip("address delete 10.0.0.1/24 dev lan");
        _router.Ip("address delete fd09::1/64 dev lan");
        Assert.True(monitor.Drain(1000));
        Assert.False(_recorder.Has(lan, "10.0.0.1/24"));
        Assert.False(_recorder.Has(lan, "fd09::1/64"));
    }

    [Fact]
    public void Duplicate_address_is_reported_as_tentative_and_then_failed()
    {
        using NetworkNamespace neighbour = new();
        neighbour.Connect("lan", _router, "lan");
        neighbour.Ip("address add fd09::1/64 dev lan nodad");
        _router.Write("/proc/sys/net/ipv6/conf/lan/accept_dad", "1");
        int lan = _router.IndexOf("lan");
        using RtnetlinkMonitor monitor = Open();
        _router.Ip("address add fd09::1/64 dev lan");
        monitor.ReadSnapshot();
        Assert.True(_recorder.Addresses[(lan, "fd09::1/64")].Flags.HasFlag(AddressFlags.Tentative));

        DrainUntil(monitor, () => _recorder.Addresses[(lan, "fd09::1/64")].Flags.HasFlag(AddressFlags.DadFailed));
        Assert.True(_recorder.Addresses[(lan, "fd09::1/64")].Flags.HasFlag(AddressFlags.DadFailed | AddressFlags.Tentative));
    }

    [Fact]
    public void Overrun_is_reported_and_a_snapshot_restores_the_truth()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.IpBatch(Enumerable.Range(1, 200).Select(i => $"address add 10.0.1.{i}/32 dev lan"));
        int lan = _router.IndexOf("lan");
        using RtnetlinkMonitor monitor = Open(receiveBufferBytes: 4096);
        monitor.ReadSnapshot();
        Assert.True(_recorder.Has(lan, "10.0.1.200/32"));

        // Nobody reads while many more notifications come than fit, among them deletions.
        _router.IpBatch(Enumerable.Range(1, 100).Select(i => $"address delete 10.0.1.{i}/32 dev lan"));
        _router.IpBatch(Enumerable.Range(1, 100).Select(i => $"address add 10.0.2.{i}/32 dev lan"));
        _router.Ip("link add late type veth peer name later");
        while (!monitor.Drain(1))
        {
        }

        Assert.Contains(Errno.ENOBUFS, _recorder.LostReasons);
        Assert.Equal(1, monitor.Lost);
        Assert.Equal((0, Errno.None), _recorder.SnapshotEnds[^1]);
        Assert.False(monitor.IsSnapshotRunning);
        Assert.Equal(200, _recorder.Addresses.Keys.Count(key => key.Index == lan && key.Address.StartsWith("10.0.")));
        Assert.False(_recorder.Has(lan, "10.0.1.1/32"));
        Assert.True(_recorder.Has(lan, "10.0.2.100/32"));
        Assert.NotNull(_recorder.Find("later"));
    }

    [Fact]
    public void Overrun_in_the_middle_of_a_snapshot_begins_it_again()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.IpBatch(Enumerable.Range(0, 2000).Select(i => $"address add 10.1.{i / 250}.{i % 250 + 1}/32 dev lan"));
        int lan = _router.IndexOf("lan");
        using RtnetlinkMonitor monitor = Open(receiveBufferBytes: 16 * 1024);
        monitor.RequestSnapshot();
        Assert.False(monitor.Drain(3));
        Assert.True(monitor.IsSnapshotRunning);

        _router.IpBatch(Enumerable.Range(0, 500).Select(i => $"address delete 10.1.{i / 250}.{i % 250 + 1}/32 dev lan"));
        for (int i = 0; i < 10_000 && !monitor.Drain(1); i++)
        {
        }

        Assert.NotEmpty(_recorder.LostReasons);
        Assert.Equal([(0, Errno.None)], _recorder.SnapshotEnds);
        Assert.Equal(1500, _recorder.Addresses.Keys.Count(key => key.Index == lan && key.Address.StartsWith("10.1.")));
    }

    [Fact]
    public void Snapshot_of_one_interface_leaves_the_others_alone()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.Ip("address add 10.0.0.1/24 dev lan");
        _router.Ip("address add 10.0.0.2/24 dev far");
        using RtnetlinkMonitor monitor = Open();

        monitor.ReadSnapshot(_router.IndexOf("lan"));

        Assert.Equal([(_router.IndexOf("lan"), Errno.None)], _recorder.SnapshotEnds);
        Assert.Equal("lan", Assert.Single(_recorder.Links.Values).Name.ToString());
        Assert.All(_recorder.Addresses.Keys, key => Assert.Equal(_router.IndexOf("lan"), key.Index));
        Assert.True(_recorder.Has(_router.IndexOf("lan"), "10.0.0.1/24"));
    }

    [Fact]
    public void Snapshot_of_an_interface_that_does_not_exist_ends_with_enodev()
    {
        using RtnetlinkMonitor monitor = Open();

        monitor.ReadSnapshot(4711);

        Assert.Equal([(4711, Errno.ENODEV)], _recorder.SnapshotEnds);
        Assert.False(monitor.IsSnapshotRunning);
        Assert.True(monitor.Drain(1));
    }

    [Fact]
    public void Requests_while_a_snapshot_runs_are_answered_by_one_that_follows()
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot(_router.IndexOf("lo"));
        monitor.RequestSnapshot(_router.IndexOf("lo"));
        monitor.RequestSnapshot();
        monitor.RequestSnapshot();
        Assert.True(monitor.Drain(1000));

        Assert.Equal([(0, Errno.None)], _recorder.SnapshotEnds);
    }

    // What the kernel says with a part of a dump whose table changed under it.
    private static byte[] Interruption(uint sequence)
    {
        byte[] bytes = new byte[64];
        NetlinkMessageWriter writer = new(bytes, Libc.NLMSG_NOOP, Libc.NLM_F_MULTI | Libc.NLM_F_DUMP_INTR, sequence);
        Assert.True(writer.TryFinish(out int length));
        return bytes[..length];
    }

    [Fact]
    public void Interrupted_dump_is_repeated()
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot();
        monitor.Process(Interruption(sequence: 1));
        Assert.True(monitor.Drain(1000));

        Assert.Equal([(0, Errno.None)], _recorder.SnapshotEnds);
        Assert.Equal(2, _recorder.Told.Count(line => line == "link lo up"));
        Assert.Equal(1, _recorder.Told.Count(line => line == "address ::1/128"));
    }

    [Fact]
    public void Dump_that_is_interrupted_again_and_again_ends_with_eintr()
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot();
        for (uint turn = 0; turn < 1000 && monitor.IsSnapshotRunning; turn++)
        {
            for (uint sequence = 1; sequence < 50; sequence++)
                monitor.Process(Interruption(sequence));
            monitor.Drain(1);
        }

        Assert.Equal([(0, Errno.EINTR)], _recorder.SnapshotEnds);
        // Nothing hangs: the next one is complete.
        monitor.ReadSnapshot();
        Assert.Equal((0, Errno.None), _recorder.SnapshotEnds[^1]);
    }

    // A control message, with an errno where its kind has one.
    private static byte[] Control(ushort type, uint sequence, int errno = 0)
    {
        byte[] bytes = new byte[64];
        NetlinkMessageWriter writer = new(bytes, type, Libc.NLM_F_MULTI, sequence);
        if (type is Libc.NLMSG_ERROR or Libc.NLMSG_DONE)
            writer.Append(-errno);
        Assert.True(writer.TryFinish(out int length));
        return bytes[..length];
    }

    // What is left of a dump that was given up makes the kernel refuse the next one: whoever goes on trying has it soon.
    private void AssertReadable(RtnetlinkMonitor monitor)
    {
        for (int attempt = 0; attempt < 3 && _recorder.SnapshotEnds[^1].Error != Errno.None; attempt++)
            monitor.ReadSnapshot();
        Assert.Equal((0, Errno.None), _recorder.SnapshotEnds[^1]);
        Assert.False(monitor.IsSnapshotRunning);
        Assert.True(monitor.Drain(1000));
    }

    [Theory]
    [InlineData(Libc.NLMSG_ERROR, Errno.ENOMEM)]
    [InlineData(Libc.NLMSG_ERROR, Errno.ENOBUFS)]
    [InlineData(Libc.NLMSG_ERROR, Errno.EPERM)]
    [InlineData(Libc.NLMSG_DONE, Errno.EINVAL)]
    public void Error_in_the_middle_of_a_dump_ends_the_snapshot_with_it(ushort type, Errno error)
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot();
        monitor.Process(Control(type, sequence: 1, (int)error));
        Assert.Equal([(0, error)], _recorder.SnapshotEnds);
        AssertReadable(monitor);
    }

    [Fact]
    public void Overrun_that_the_kernel_says_in_a_message_has_everything_read_anew()
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.Process(Control(Libc.NLMSG_OVERRUN, sequence: 0));
        Assert.True(monitor.IsSnapshotRunning);
        while (!monitor.Drain(1))
        {
        }
        Assert.Equal([Errno.ENOBUFS], _recorder.LostReasons);
        Assert.Equal([(0, Errno.None)], _recorder.SnapshotEnds);
    }

    [Fact]
    public void Snapshot_that_loses_something_again_and_again_ends_with_the_reason()
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot();
        for (int turn = 0; turn < 1000 && monitor.IsSnapshotRunning; turn++)
        {
            monitor.Process(Control(Libc.NLMSG_OVERRUN, sequence: 0));
            monitor.Drain(1);
        }
        Assert.Equal([(0, Errno.ENOBUFS)], _recorder.SnapshotEnds);
        AssertReadable(monitor);
    }

    [Fact]
    public void Dump_that_never_ends_is_given_up()
    {
        using RtnetlinkMonitor monitor = Open();
        monitor.RequestSnapshot();
        byte[] more = Control(Libc.NLMSG_NOOP, sequence: 1);
        for (int turn = 0; turn < 1_000_000 && monitor.IsSnapshotRunning; turn++)
            monitor.Process(more);
        Assert.Equal([(0, Errno.EOVERFLOW)], _recorder.SnapshotEnds);
        AssertReadable(monitor);
    }

    // Alternative names (Linux 5.5) make one link's message longer than any buffer that dumps are usually read with.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Message_that_is_longer_than_the_buffer_is_read_at_the_second_attempt(bool isNotification)
    {
        const int Names = 350;
        _router.Ip("link add lan type veth peer name far");
        using RtnetlinkMonitor monitor = Open();
        if (isNotification)
            monitor.ReadSnapshot();
        _router.IpBatch(Enumerable.Range(0, Names).Select(static number => $"link property add dev lan altname {new string('n', 110)}{number:0000}"));
        if (isNotification)
            _router.Ip("link set lan mtu 1400");
        else
            monitor.RequestSnapshot();
        for (int turn = 0; turn < 5000 && !monitor.Drain(1); turn++)
        {
        }
        Assert.Contains(Errno.EMSGSIZE, _recorder.LostReasons);
        Assert.Equal((0, Errno.None), _recorder.SnapshotEnds[^1]);
        Assert.True(monitor.Lost < 5, $"lost {monitor.Lost} times");
        LinkInfo lan = _recorder.Find("lan")!.Value;
        Assert.Equal(isNotification ? 1400 : 1500, lan.Mtu);
        Assert.NotNull(_recorder.Find("far"));
        Assert.Empty(_recorder.Faults);
    }

    [Fact]
    public void Bounded_drain_stops_at_its_budget_and_goes_on_later()
    {
        _router.Ip("link add lan type veth peer name far");
        using RtnetlinkMonitor monitor = Open();
        _router.IpBatch(Enumerable.Range(1, 100).Select(i => $"address add 10.0.1.{i}/32 dev lan"));

        Assert.False(monitor.Drain(10));
        Assert.Equal(10, _recorder.Addresses.Count);
        Assert.True(monitor.Drain(1000));
        Assert.Equal(100, _recorder.Addresses.Count);
    }

    [Fact]
    public void Message_of_another_process_is_not_believed()
    {
        using RtnetlinkMonitor monitor = Open();
        using RtnetlinkMonitor liar = Open();
        Span<byte> message = stackalloc byte[256];
        NetlinkMessageWriter writer = new(message, Libc.RTM_NEWADDR, 0, 0);
        AddressMessage.Write(
            ref writer, new InterfaceAddress { InterfaceIndex = 1, Address = IpAddress.Parse("10.6.6.6"), PrefixLength = 32 });
        Assert.True(writer.TryFinish(out int length));

        Assert.True(NetlinkPeer.TrySend(liar.Descriptor, monitor.Descriptor, message[..length]));
        Assert.True(monitor.Drain(10));

        Assert.Empty(_recorder.Addresses);
        Assert.Empty(_recorder.Faults);
    }

    [Fact]
    public void Filter_keeps_what_it_refuses_from_the_socket()
    {
        using RtnetlinkMonitor monitor = Open();
        // ret 0
        Assert.False(monitor.AttachFilter([new sock_filter(0x06, 0, 0, 0)]).IsError);
        _router.Ip("link add lan type veth peer name far");
        Assert.True(monitor.Drain(10));
        Assert.Empty(_recorder.Told);
    }

    [Fact]
    public void Steady_state_allocates_nothing()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.IpBatch(Enumerable.Range(1, 200).Select(i => $"address add 10.0.1.{i}/32 dev lan"));
        SilentObserver observer = new();
        using RtnetlinkMonitor monitor = _router.Run(() =>
        {
            RtnetlinkMonitor.Open(observer, out RtnetlinkMonitor? opened);
            return opened!;
        });
        monitor.ReadSnapshot();
        _router.Ip("link set lan up");
        _router.IpBatch(Enumerable.Range(1, 200).Select(i => $"address delete 10.0.1.{i}/32 dev lan"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        monitor.Drain(10_000);
        monitor.ReadSnapshot();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(observer.Reports > 400);
    }

    private sealed class SilentObserver : ILinkObserver
    {
        public int Reports { get; private set; }

        public void OnLink(in LinkInfo link) => Reports++;

        public void OnLinkGone(int interfaceIndex, KernelName name) => Reports++;

        public void OnAddress(in InterfaceAddress address) => Reports++;

        public void OnAddressGone(in InterfaceAddress address) => Reports++;

        public void OnLost(Errno why) => Assert.Fail("lost");

        public void OnSnapshotBegin(int interfaceIndex) => Reports++;

        public void OnSnapshotEnd(int interfaceIndex, Errno error) => Reports += error == Errno.None ? 1 : int.MinValue;

        public void OnMalformed(NetlinkFault fault) => Assert.Fail("malformed");
    }
}
