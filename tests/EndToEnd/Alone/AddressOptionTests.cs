using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Each option of an address line, as <c>ip -d address</c> and <c>ip route</c> show what comes of it, beside keepalived with the same file.</summary>
public sealed partial class AddressOptionTests
{
    private const int More = 400;

    /// <summary>A line, and what must be seen of it.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "10.9.0.100/24", "inet 10.9.0.100/24 scope global secondary eth0" },
        { "10.9.0.100", "inet 10.9.0.100/32 scope global eth0" },
        { "10.9.0.100/24 brd 10.9.0.255", "10.9.0.100/24 brd 10.9.0.255" },
        { "10.9.0.100/24 brd +", "10.9.0.100/24 brd 10.9.0.255" },
        { "10.9.0.100/24 brd -", "10.9.0.100/24 brd 10.9.0.0" },
        { "10.9.0.100/24 broadcast 10.9.0.77", "brd 10.9.0.77" },
        { "10.9.0.100/24 label eth0:vip", "eth0:vip" },
        { "10.7.0.100/24 scope site", "scope site" },
        { "10.7.0.100/24 scope link", "scope link" },
        { "10.7.0.100/24 scope host", "scope host" },
        { "10.7.0.100/24 scope global", "scope global" },
        { "10.7.0.100/24 scope 77", "scope 77" },
        { "10.9.0.100 peer 10.9.7.1", "10.9.0.100 peer 10.9.7.1/32" },
        { "10.9.0.100/24 scope site", "10.9.0.1/24" },
        { "10.9.0.100/24 preferred_lft 0", "10.9.0.100/24 scope global secondary eth0\\       valid_lft forever preferred_lft forever" },
        { "10.9.0.100/24 preferred_lft 1000", "10.9.0.100/24 scope global secondary eth0\\       valid_lft forever preferred_lft forever" },
        { "10.9.0.100/24 preferred_lft forever", "valid_lft forever preferred_lft forever" },
        { "10.9.0.100/24 noprefixroute", "noprefixroute" },
        { "10.7.0.100/24 noprefixroute", "noprefixroute" },
        { "10.7.0.100/24", "10.7.0.0/24 dev eth0 proto kernel" },
        { "10.9.0.100/24 dev more", "more    inet 10.9.0.100/24" },
        { "239.1.2.3/32 autojoin", "autojoin" },
        { "2001:db8::8/64 home", "home" },
        { "2001:db8::8/64 mngtmpaddr", "mngtmpaddr" },
        { "2001:db8::8/64 noprefixroute", "noprefixroute" },
        { "2001:db8::8/64", "2001:db8::/64 dev eth0 proto kernel" },
        { "2001:db8::8", "2001:db8::8/128" },
        { "2001:db8::8/64 -nodad", "2001:db8::8/64" },
        { "2001:db8::8/64 preferred_lft 1000", "preferred_lft 1000sec" },
        { "2001:db8::8/64 preferred_lft forever", "valid_lft forever preferred_lft forever" },
        { "2001:db8::8 peer 2001:db8::9", "peer 2001:db8::9/128" },
        { "2001:db8::8/64 preferred_lft 0", "deprecated" },
        { "2001:db8::8/64 home mngtmpaddr noprefixroute", "home" },
        { "2001:db8::8/64 scope link", "2001:db8::8/64" },
        { "2001:db8::8/64 dev more", "more    inet6 2001:db8::8/64" },
    };

    [Theory, MemberData(nameof(Lines)), BesideStock]
    public void Kernel_hasWhatKeepalivedPutsThere(string line, string shown)
    {
        string ours = Story(Implementation.Ours, line);
        Assert.Contains(shown, ours, StringComparison.Ordinal);
        Assert.Equal(Story(Implementation.Stock, line), ours);
    }

    [Fact, BesideStock]
    public void MoreAddresses_thanFitAPacket_areAllHeld()
    {
        string many = string.Join('\n', Enumerable.Range(0, More).Select(static number => string.Create(CultureInfo.InvariantCulture, $"10.7.{number / 250}.{number % 250 + 1}/32")));
        string[] held = [.. ((Implementation[])[Implementation.Stock, Implementation.Ours]).Select(implementation => Story(implementation, many, More))];
        Assert.Equal(held[0], held[1]);
        Assert.Contains("10.7.1.150/32", held[1], StringComparison.Ordinal);
    }

    // What is there when the router is master: addresses and the routes that the kernel makes for them.
    private static string Story(Implementation implementation, string lines, int count = 1)
    {
        // Another scope than that of the subnet's first address the kernel refuses.
        if (lines == "10.9.0.100/24 scope site")
            count = 0;
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        lab.A.Ip("link", "set", "more", "addrgenmode", "none");
        lab.A.Ip("address", "flush", "dev", "more");
        string before = Shown(lab.A);
        bool isIPv6 = lines.Contains(':', StringComparison.Ordinal) && !lines.Contains("eth0:", StringComparison.Ordinal);
        VrrpConfiguration configuration = new()
        {
            Priority = 200,
            Addresses = isIPv6 ? ["10.9.0.200/32"] : [lines],
            Extra = isIPv6 ? $"virtual_ipaddress_excluded {{\n{lines}\n}}" : "",
        };
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        int wanted = Count(before) + count + (isIPv6 ? 1 : 0);
        Assert.True(SpinWait.SpinUntil(() => Count(Shown(lab.A)) >= wanted, Expect.Soon), $"{implementation}: {lines}\n{Shown(lab.A)}");
        string shown = Shown(lab.A);
        lab.A.Stop();
        // keepalived 2.2.7 leaves addresses with a peer behind, and the kernel a broadcast route that another address has too.
        if (implementation == Implementation.Ours && !lines.Contains("brd -", StringComparison.Ordinal))
            Assert.Equal(before, Shown(lab.A));
        return shown;
    }

    private static int Count(string shown) => shown.Split('\n').Count(static line => line.Contains(" inet", StringComparison.Ordinal));

    private static string Shown(Router router)
    {
        string addresses = router.Ip("-d", "-o", "address", "show");
        addresses = Seconds().Replace(Number().Replace(Protocol().Replace(addresses, " "), ""), "1000sec");
        return addresses + router.Ip("-4", "route", "show", "table", "all") + router.Ip("-6", "route", "show", "table", "all");
    }

    // keepalived 2.2.7 does not say yet that an address is its own.
    [GeneratedRegex(" proto (keepalived|0x12|18) ")]
    private static partial Regex Protocol();

    [GeneratedRegex(@"^\d+: ", RegexOptions.Multiline)]
    private static partial Regex Number();

    // They run down: 998sec.
    [GeneratedRegex(@"\b(9\d\d|1000)sec")]
    private static partial Regex Seconds();
}
