using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink.Nftables;

/// <summary>nf_tables as the kernel takes it: what we add is what nft(8) shows, and a transaction is done or undone as a whole.</summary>
public sealed class NftablesCommandsTests : IDisposable
{
    private readonly NetworkNamespace _router = new();
    private readonly ResultRecorder _recorder = new();
    private readonly NftablesCommands _commands;
    private readonly NftablesTable _table = new(AddressFamily.IPv6, "lab");
    private readonly NftablesChain _in;
    private readonly NftablesSet _addresses;

    public NftablesCommandsTests()
    {
        _in = new NftablesChain(_table, "in", NftablesHook.Input, -7);
        _addresses = new NftablesSet(_table, "addresses", SetDataType.IPv6Address);
        _commands = Open(_recorder);
    }

    public void Dispose()
    {
        _commands.Dispose();
        _router.Dispose();
    }

    private NftablesCommands Open(ResultRecorder recorder) => _router.Run(() =>
    {
        OsError failure = NftablesCommands.Open(recorder, out NftablesCommands? commands);
        Assert.False(failure.IsError, failure.ToString());
        return commands!;
    });

    private string Ruleset() => string.Join('\n', _router.Execute("nft", "list ruleset").Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0));

    private void MakeTable()
    {
        _commands.AddTable(_table, 1);
        _commands.AddChain(_in, 2);
        _commands.AddSet(_addresses, 3);
        _commands.Commit();
        Assert.All(_recorder.Errors, static error => Assert.Equal(Errno.None, error));
        _recorder.Results.Clear();
    }

    private static IpAddress Ip(string text) => IpAddress.Parse(text);

    private static SetElement Address(int number)
    {
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        Ip("2001:db8::").CopyTo(bytes);
        (bytes[14], bytes[15]) = ((byte)(number >> 8), (byte)number);
        return SetElement.Of(IpAddress.FromBytes(bytes));
    }

    [Fact]
    public void Table_chains_sets_and_rules_are_what_nft_shows()
    {
        NftablesChain further = new(_table, "further");
        NftablesSet links = new(_table, "links", SetDataType.IPv6Address, SetDataType.InterfaceIndex);
        NftablesSet names = new(_table, "names", SetDataType.IPv6Address, SetDataType.InterfaceName);
        NftablesSet types = new(_table, "types", SetDataType.Icmpv6Type) { IsConstant = true };
        NftablesSet map = new(_table, "map", SetDataType.InterfaceIndex) { IsMap = true };
        MakeTable();
        _commands.AddChain(further, 4);
        foreach (NftablesSet set in (NftablesSet[])[links, names, types, map])
            _commands.AddSet(set, 5);
        _commands.AddElement(types, SetElement.Of(135), 6);
        _commands.AddElement(_addresses, SetElement.Of(Ip("2001:db8::1")), 6);
        _commands.AddElement(links, SetElement.Of(Ip("fe80::1"), 1), 6);
        Assert.True(KernelName.TryParse("lo", out KernelName name));
        _commands.AddElement(names, SetElement.Of(Ip("fe80::2"), name), 6);
        _commands.AddElement(map, SetElement.Mapping(1, 1), 6);
        PayloadExpression destination = PayloadExpression.OfNetworkHeader(24, 16);
        _commands.AddRule(new NftablesRule(_in, "a", [destination, new LookupExpression(_addresses), new CounterExpression(), VerdictExpression.Drop]), 7);
        _commands.AddRule(
            new NftablesRule(
                _in, "b",
                [
                    destination, new MaskExpression([0xFF, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
                    new EqualExpression([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), VerdictExpression.Goto(further),
                ]),
            8);
        _commands.AddRule(
            new NftablesRule(further, "c", [destination, new MetaExpression(NftablesMeta.InputInterface, NftablesRegister.Second), new LookupExpression(links), VerdictExpression.Drop]), 9);
        _commands.AddRule(
            new NftablesRule(further, "d", [destination, new MetaExpression(NftablesMeta.InputInterfaceName, NftablesRegister.Second), new LookupExpression(names), VerdictExpression.Accept]), 10);
        _commands.Commit();
        Assert.All(_recorder.Results, static result => Assert.Equal(Errno.None, result.Error));
        Assert.Equal(
            """
            table ip6 lab {
            set addresses {
            type ipv6_addr
            elements = { 2001:db8::1 }
            }
            set links {
            type ipv6_addr . iface_index
            elements = { fe80::1 . "lo" }
            }
            set names {
            type ipv6_addr . ifname
            elements = { fe80::2 . "lo" }
            }
            set types {
            type icmpv6_type
            flags constant
            elements = { nd-neighbor-solicit }
            }
            map map {
            type iface_index : iface_index
            elements = { "lo" : "lo" }
            }
            chain in {
            type filter hook input priority filter - 7; policy accept;
            ip6 daddr @addresses counter packets 0 bytes 0 drop
            ip6 daddr fe80::/10 goto further
            }
            chain further {
            ip6 daddr . iif @links drop
            ip6 daddr . iifname @names accept
            }
            }
            """, Ruleset());
        // The same as JSON, which nft makes of the numbers of types.
        using JsonDocument json = JsonDocument.Parse(_router.Execute("nft", "-j list ruleset"));
        Assert.Contains(json.RootElement.GetProperty("nftables").EnumerateArray(), static o => o.TryGetProperty("map", out JsonElement map) && map.GetProperty("type").GetString() == "iface_index");
    }

    [Fact]
    public void Thousands_of_elements_take_few_messages_and_are_all_there()
    {
        const int Count = 5000;
        MakeTable();
        for (int i = 0; i < Count; i++)
            _commands.AddElement(_addresses, Address(i), i);
        _commands.Commit();
        Assert.Equal(Enumerable.Range(0, Count), _recorder.Results.Select(static r => r.Tag));
        Assert.All(_recorder.Errors, static error => Assert.Equal(Errno.None, error));
        Assert.Equal(Count, Elements());

        _recorder.Results.Clear();
        for (int i = 0; i < Count; i++)
            _commands.DeleteElement(_addresses, Address(i), i);
        _commands.Commit();
        Assert.Equal(Count, _recorder.Results.Count(static r => r.Error == Errno.None));
        Assert.Equal(0, Elements());
    }

    private int Elements()
    {
        using JsonDocument json = JsonDocument.Parse(_router.Execute("nft", "-j list set ip6 lab addresses"));
        JsonElement set = json.RootElement.GetProperty("nftables").EnumerateArray().Last().GetProperty("set");
        return set.TryGetProperty("elem", out JsonElement elements) ? elements.GetArrayLength() : 0;
    }

    [Fact]
    public void One_refusal_undoes_all_and_is_told_of_the_element_that_it_is_about()
    {
        MakeTable();
        _commands.AddElement(_addresses, Address(1), 1);
        _commands.Commit();
        _recorder.Results.Clear();
        string before = Ruleset();
        _commands.AddElement(_addresses, Address(2), 2);
        _commands.DeleteElement(_addresses, Address(1), 3);
        _commands.DeleteElement(_addresses, Address(77), 4);
        _commands.DeleteElement(_addresses, Address(2), 5);
        _commands.AddChain(new NftablesChain(_table, "more"), 6);
        _commands.Commit();
        Assert.Equal(
            [(2, Errno.ECANCELED), (3, Errno.ECANCELED), (4, Errno.ENOENT), (5, Errno.ECANCELED), (6, Errno.ECANCELED)],
            _recorder.Results.Select(static r => (r.Tag, r.Error)));
        Assert.Equal(before, Ruleset());
    }

    [Fact]
    public void Element_of_a_set_that_is_not_there_is_refused_and_what_comes_later_is_done()
    {
        MakeTable();
        _commands.AddElement(new NftablesSet(_table, "other", SetDataType.IPv6Address), Address(1), 1);
        _commands.Commit();
        _commands.AddElement(_addresses, Address(1), 2);
        _commands.Commit();
        Assert.Equal([(1, Errno.ENOENT), (2, Errno.None)], _recorder.Results.Select(static r => (r.Tag, r.Error)));
    }

    [Fact]
    public void Element_that_is_there_already_is_no_error_and_table_is_made_once()
    {
        MakeTable();
        for (int i = 0; i < 2; i++)
        {
            _commands.AddTable(_table, i);
            _commands.AddElement(_addresses, Address(1), i);
            _commands.Commit();
        }
        Assert.All(_recorder.Errors, static error => Assert.Equal(Errno.None, error));
    }

    [Fact]
    public void Table_is_made_anew_in_one_transaction_and_known_by_its_status()
    {
        Assert.Equal(Errno.ENOENT, _commands.FindTable(_table, out _));
        MakeTable();
        Assert.Equal(Errno.None, _commands.FindTable(_table, out NftablesTableStatus first));
        Assert.Equal(2u, first.Objects);
        _commands.AddTable(_table, 1);
        _commands.DeleteTable(_table, 2);
        _commands.AddTable(_table, 3);
        _commands.AddChain(_in, 4);
        _commands.Commit();
        Assert.Equal(Errno.None, _commands.FindTable(_table, out NftablesTableStatus second));
        Assert.Equal(1u, second.Objects);
        Assert.NotEqual(first.Handle, second.Handle);
        _commands.DeleteTable(_table, 5);
        _commands.Commit();
        Assert.All(_recorder.Errors, static error => Assert.Equal(Errno.None, error));
        Assert.Equal(Errno.ENOENT, _commands.FindTable(_table, out _));
    }

    [Fact]
    public void Monitor_hears_of_others_transactions_and_not_of_ours()
    {
        Counter counter = new();
        using RulesetMonitor monitor = _router.Run(() =>
        {
            Assert.False(RulesetMonitor.Open(counter, _commands, out RulesetMonitor? opened).IsError);
            return opened!;
        });
        MakeTable();
        Assert.True(monitor.Drain(budget: 10, out int taken));
        Assert.Equal((0, 0), (taken, counter.Count));
        _router.Execute("nft", "-f -", "table ip other { set s { type ipv4_addr; elements = { 10.0.0.1, 10.0.0.2 } }; chain c { }; }\n");
        Assert.True(monitor.Drain(budget: 10, out taken));
        Assert.Equal((1, 1), (taken, counter.Count));
        _router.Execute("nft", "flush ruleset");
        Assert.True(monitor.Drain(budget: 10, out _));
        Assert.Equal(2, counter.Count);
        Assert.Equal(Errno.ENOENT, _commands.FindTable(_table, out _));
    }

    [Fact]
    public void Status_that_is_cut_anywhere_is_a_fault_or_lacks_what_is_behind()
    {
        byte[] whole = [10, 0, 0, 0, 8, 0, 3, 0, 0, 0, 0, 7, 12, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 9];
        for (int length = 0; length <= whole.Length; length++)
        {
            NetlinkFault fault = NftablesTableStatus.TryParse(whole.AsSpan(0, length), out NftablesTableStatus status);
            Assert.Equal(length >= 12 ? 7u : 0u, status.Objects);
            Assert.Equal(length == whole.Length ? 9ul : 0ul, status.Handle);
            Assert.Equal(length is < 4 or > 7 and < 12 or > 15 and < 24, fault != NetlinkFault.None);
        }
        whole[4] = 6;
        Assert.Equal(NetlinkFault.AttributeSize, NftablesTableStatus.TryParse(whole, out _));
    }

    [Fact]
    public void Steady_use_allocates_nothing()
    {
        NullResults results = new();
        using NftablesCommands commands = _router.Run(() =>
        {
            Assert.False(NftablesCommands.Open(results, out NftablesCommands? opened).IsError);
            return opened!;
        });
        MakeTable();
        SetElement element = Address(9);
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            commands.AddElement(_addresses, element, 1);
            commands.Commit();
            commands.DeleteElement(_addresses, element, 1);
            commands.Commit();
            commands.FindTable(_table, out _);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal((0, 0), (allocated, results.Refused));
    }

    private sealed class Counter : IRulesetObserver
    {
        public int Count { get; private set; }

        public void OnRulesetChanged() => Count++;
    }

    private sealed class NullResults : INetlinkResults
    {
        public int Refused { get; private set; }

        public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack) => Refused += error == Errno.None ? 0 : 1;
    }
}
