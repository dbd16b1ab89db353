using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink;

public sealed class RtnetlinkCommandsTests : IDisposable
{
    // The kernel has had a sentence for this since 6.6.
    private static readonly string NotFound = Environment.OSVersion.Version >= new Version(6, 6) ? "ipv4: Address not found" : "";

    private readonly NetworkNamespace _router = new();
    private readonly ResultRecorder _recorder = new();
    private readonly RtnetlinkCommands _commands;
    private readonly int _index;

    public RtnetlinkCommandsTests()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.Ip("link set far up");
        _index = _router.IndexOf("lan");
        _commands = Open(1 << 20);
    }

    public void Dispose()
    {
        _commands.Dispose();
        _router.Dispose();
    }

    private RtnetlinkCommands Open(int receiveBufferBytes) => _router.Run(() =>
    {
        SyscallFailure failure = RtnetlinkCommands.Open(_recorder, receiveBufferBytes, out RtnetlinkCommands? commands);
        Assert.True(failure.Succeeded, failure.ToString());
        return commands!;
    });

    private InterfaceAddress Vip(int number) => new()
    {
        InterfaceIndex = _index,
        Address = IpAddress.FromIPv4(0x0A000000 + (uint)number),
        PrefixLength = 32,
    };

    private int AddressesOfLan() => _router.Ip("-o -4 address show dev lan").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(1000)]
    [InlineData(3000)]
    public void Batch_of_many_addresses_adds_and_deletes_them_all(int count)
    {
        for (int i = 1; i <= count; i++)
            _commands.AddAddress(Vip(i), i);
        _commands.Flush();

        Assert.Equal(Enumerable.Range(1, count), _recorder.Results.Select(r => r.Tag));
        Assert.All(_recorder.Errors, error => Assert.Equal(Errno.None, error));
        Assert.Equal(count, AddressesOfLan());

        _recorder.Results.Clear();
        for (int i = 1; i <= count; i++)
            _commands.DeleteAddress(Vip(i), -i);
        _commands.Flush();

        Assert.Equal(Enumerable.Range(1, count).Select(i => -i), _recorder.Results.Select(r => r.Tag));
        Assert.All(_recorder.Errors, error => Assert.Equal(Errno.None, error));
        Assert.Equal(0, AddressesOfLan());
    }

    [Fact]
    public void Request_that_fails_reports_its_own_errno_and_stops_nobody()
    {
        _commands.AddAddress(Vip(1), 10);
        _commands.AddAddress(Vip(1), 11);
        _commands.AddAddress(Vip(2) with { InterfaceIndex = 4711 }, 12);
        _commands.DeleteAddress(Vip(3), 13);
        _commands.AddAddress(Vip(4) with { PrefixLength = 33 }, 14);
        _commands.AddAddress(Vip(5), 15);
        _commands.Flush();

        Assert.Equal(
            [(10, Errno.None), (11, Errno.EEXIST), (12, Errno.ENODEV), (13, Errno.EADDRNOTAVAIL), (14, Errno.EINVAL), (15, Errno.None)],
            _recorder.Results.Select(r => (r.Tag, r.Error)));
        Assert.Equal(2, AddressesOfLan());
    }

    [Fact]
    public void Error_of_the_kernel_comes_with_its_sentence()
    {
        _commands.DeleteAddress(Vip(3), 1);
        _commands.Flush();

        Assert.Equal(NotFound, Assert.Single(_recorder.Results).Extack);
    }

    // The kernel's minimum holds an answer or two. Errors with sentences are the largest answers.
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public void Batch_is_flushed_before_its_answers_overrun_the_receive_buffer(int receiveBufferBytes)
    {
        using RtnetlinkCommands narrow = Open(receiveBufferBytes);
        for (int i = 1; i <= 1500; i++)
            narrow.DeleteAddress(Vip(i), i);
        narrow.Flush();

        Assert.Equal(Enumerable.Range(1, 1500), _recorder.Results.Select(r => r.Tag));
        Assert.All(_recorder.Results, r => Assert.Equal((Errno.EADDRNOTAVAIL, NotFound), (r.Error, r.Extack)));
    }

    [Fact]
    public void Address_with_all_settings_arrives_as_asked()
    {
        KernelName.TryParse("lan:vrrp", out KernelName label);
        _commands.AddAddress(
            Vip(1) with
            {
                PrefixLength = 24,
                Broadcast = IpAddress.Parse("10.0.0.255"),
                Label = label,
                Scope = AddressScope.Link,
                Flags = AddressFlags.NoPrefixRoute,
                ValidLifetimeSeconds = 1000,
                PreferredLifetimeSeconds = 500,
                Protocol = 18,
            },
            1);
        _commands.AddAddress(Vip(2) with { Peer = IpAddress.Parse("10.1.1.1"), PrefixLength = 30 }, 2);
        _commands.Flush();

        Assert.All(_recorder.Errors, error => Assert.Equal(Errno.None, error));
        string shown = _router.Ip("-d -4 address show dev lan");
        Assert.Contains("inet 10.0.0.1/24 brd 10.0.0.255 scope link ", shown);
        Assert.Contains("noprefixroute lan:vrrp", shown);
        Assert.Contains("valid_lft 1000sec preferred_lft 500sec", shown);
        Assert.Contains("inet 10.0.0.2 peer 10.1.1.1/30", shown);
        Assert.DoesNotContain("10.0.0.0/24", _router.Ip("route show dev lan"));
    }

    [Fact]
    public void IPv6_address_without_dad_and_deprecated_can_be_used_at_once()
    {
        _router.Write("/proc/sys/net/ipv6/conf/lan/accept_dad", "1");
        InterfaceAddress address = new()
        {
            InterfaceIndex = _index,
            Address = IpAddress.Parse("fd09::100"),
            PrefixLength = 128,
            Flags = AddressFlags.NoDad,
            PreferredLifetimeSeconds = 0,
        };
        _commands.AddAddress(address, 1);
        _commands.AddAddress(address with { Address = IpAddress.Parse("fd09::101"), Flags = AddressFlags.None }, 2);
        _commands.Flush();

        Assert.All(_recorder.Errors, error => Assert.Equal(Errno.None, error));
        string[] lines = _router.Ip("-o -6 address show dev lan").Split('\n');
        string withoutDad = Assert.Single(lines, line => line.Contains("fd09::100/128"));
        Assert.Contains("deprecated", withoutDad);
        Assert.Contains("nodad", withoutDad);
        Assert.Contains("valid_lft forever preferred_lft 0sec", withoutDad);
        Assert.DoesNotContain("tentative", withoutDad);
        Assert.Contains("tentative", Assert.Single(lines, line => line.Contains("fd09::101/128")));
    }

    [Fact]
    public void Replacing_an_address_changes_its_lifetimes()
    {
        _commands.AddAddress(Vip(1), 1);
        _commands.ReplaceAddress(Vip(1) with { ValidLifetimeSeconds = 900, PreferredLifetimeSeconds = 800 }, 2);
        _commands.Flush();

        Assert.All(_recorder.Errors, error => Assert.Equal(Errno.None, error));
        Assert.Contains("valid_lft 900sec preferred_lft 800sec", _router.Ip("-4 address show dev lan"));
    }

    [Fact]
    public void Steady_state_allocates_nothing()
    {
        SilentResults results = new();
        RtnetlinkCommands commands = _router.Run(() =>
        {
            RtnetlinkCommands.Open(results, out RtnetlinkCommands? opened);
            return opened!;
        });
        using (commands)
        {
            Cycle(commands);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                Cycle(commands);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(11 * 400, results.Successes);
    }

    private void Cycle(RtnetlinkCommands commands)
    {
        for (int i = 1; i <= 200; i++)
            commands.AddAddress(Vip(i), i);
        commands.Flush();
        for (int i = 1; i <= 200; i++)
            commands.DeleteAddress(Vip(i), i);
        commands.Flush();
    }

    private sealed class SilentResults : INetlinkResults
    {
        public int Successes { get; private set; }

        public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack) => Successes += error == Errno.None ? 1 : 0;
    }
}
