using System.Net;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Pairs;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>One story, told by our daemon and by stock keepalived: the lines about states and groups are the same, in the same order.</summary>
public sealed partial class GroupComparisonTests
{
    private static readonly GroupConfiguration s_configuration = new() { AdvertSeconds = 0.2 };
    private static readonly IPAddress s_second = IPAddress.Parse(GroupConfiguration.SecondAddress);

    private static List<string> Tell(Implementation implementation, Action<Lab> happen)
    {
        using Lab lab = new(routers: 1);
        lab.AddSegment(GroupConfiguration.SecondInterface, GroupConfiguration.SecondSubnet);
        lab.A.Start(implementation, s_configuration);
        IsActive(lab, 0);
        happen(lab);
        lab.A.Stop();
        IEnumerable<string> states = lab.A.Daemon.Log.Snapshot()
            .Select(static entry => Interesting().Match(entry.Text)).Where(static match => match.Success).Select(static match => match.Value);
        // Ours says it before the line about the state, stock afterwards.
        return [.. states, $"priority 0 was said {lab.A.Daemon.LogMatches("sent 0 priority").Length} times"];
    }

    private static void IsActive(Lab lab, int from)
    {
        lab.A.Daemon.WaitForLog(@"VRRP_Group\(G\) Syncing instances to MASTER state", Expect.Soon, from);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        lab.A.Addresses.WaitFor(s_second, present: true, Expect.Soon);
        // The line about the last member comes after all of these.
        Thread.Sleep(200);
    }

    private static void BothTell(Action<Lab> happen)
        => Assert.Equal(Tell(Implementation.Stock, happen), Tell(Implementation.Ours, happen));

    [Fact]
    public void Group_linkLostAndBack_isToldAsByStock() => BothTell(static lab =>
    {
        lab.A.LoseCarrier(GroupConfiguration.SecondInterface);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering FAULT STATE", Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        int seen = lab.A.Daemon.Log.Count;
        lab.A.RegainCarrier(GroupConfiguration.SecondInterface);
        IsActive(lab, seen);
    });

    [Fact]
    public void Group_addressLost_isToldAsByStock() => BothTell(static lab =>
    {
        int seen = lab.A.Daemon.Log.Count;
        lab.A.Ip("address", "delete", $"{GroupConfiguration.SecondAddress}/32", "dev", GroupConfiguration.SecondInterface);
        IsActive(lab, seen);
    });

    // Which of the two is the last to expire is a matter of microseconds, so the names of the instances are left out.
    [GeneratedRegex(@"(?<=\(VI_[12]\) )Entering (MASTER|BACKUP|FAULT) STATE.*|VRRP_Group\(G\).*")]
    private static partial Regex Interesting();
}
