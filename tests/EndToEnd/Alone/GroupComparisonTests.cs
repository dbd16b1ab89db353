using System.Net;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Pairs;
using KeepalivedAot.Tests.EndToEnd.Scripts;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>
/// One story, told by our daemon and by stock keepalived: the lines of the log about states and groups, and those of the FIFO, are the same
/// and come in the same order.
/// </summary>
public sealed partial class GroupComparisonTests
{
    // Of two priorities the lower one's timer ends last: so it is no matter of chance who goes first.
    private static readonly GroupConfiguration s_configuration = new() { Priority = 150, SecondPriority = 100 };
    private static readonly IPAddress s_second = IPAddress.Parse(GroupConfiguration.SecondAddress);

    private sealed record Story(Lab Lab, ScriptFolder Scripts, string Fifo)
    {
        public Router Router => Lab.A;
    }

    private static (string Log, string Fifo) Tell(
        Implementation implementation, Func<ScriptFolder, GroupConfiguration> configure, Action<Story> happen)
    {
        using Lab lab = new(routers: 1);
        lab.AddSegment(GroupConfiguration.SecondInterface, GroupConfiguration.SecondSubnet);
        ScriptFolder scripts = new(lab.A);
        string fifo = Path.Combine(lab.A.Scratch, "fifo");
        string copy = $"{fifo}.copy";
        File.WriteAllText(copy, "");
        GroupConfiguration configuration = configure(scripts);
        lab.A.Start(implementation, configuration with
        {
            Blocks = $"global_defs {{\nenable_script_security\nscript_user root\nvrrp_notify_fifo {fifo}\n}}\n{configuration.Blocks}",
        });
        scripts.Wait("the FIFO", () => File.Exists(fifo));
        Thread reader = new(() => Shell.Try("bash", ["-c", $"exec cat {fifo} > {copy}"], TimeSpan.FromSeconds(60))) { IsBackground = true };
        reader.Start();
        happen(new Story(lab, scripts, copy));
        lab.A.Stop();
        scripts.Wait("the group's last line", () => File.ReadAllText(copy).Contains("GROUP \"G\" STOP", StringComparison.Ordinal));
        IEnumerable<string> states = lab.A.Daemon.Log.Snapshot()
            .Select(static entry => Interesting().Match(entry.Text)).Where(static match => match.Success).Select(static match => match.Value);
        // Ours says it before the line about the state, stock afterwards.
        string goodbyes = $"priority 0 was said {lab.A.Daemon.LogMatches("sent 0 priority").Length} times";
        return (string.Join('\n', [.. states, goodbyes]), File.ReadAllText(copy));
    }

    private static void BothTell(Action<Story> happen, Func<ScriptFolder, GroupConfiguration>? configure = null)
    {
        (string Log, string Fifo) stock = Tell(Implementation.Stock, configure ?? (static _ => s_configuration), happen);
        (string Log, string Fifo) ours = Tell(Implementation.Ours, configure ?? (static _ => s_configuration), happen);
        Assert.Equal(stock.Log, ours.Log);
        Assert.Equal(stock.Fifo, ours.Fifo);
    }

    // The line about the group's state is the last of a change.
    private static void GroupIs(Story story, string state, int times = 1)
        => story.Scripts.Wait($"the group is {state}", () => File.ReadAllText(story.Fifo).Split($"GROUP \"G\" {state} 0\n").Length == times + 1);

    private static void IsActive(Story story, int times = 1)
    {
        GroupIs(story, "MASTER", times);
        story.Router.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        story.Router.Addresses.WaitFor(s_second, present: true, Expect.Soon);
    }

    [Fact]
    public void Group_linkLostAndBack_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Router.LoseCarrier(GroupConfiguration.SecondInterface);
        GroupIs(story, "FAULT");
        story.Router.RegainCarrier(GroupConfiguration.SecondInterface);
        IsActive(story, times: 2);
    });

    [Fact]
    public void Group_addressLost_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Router.Ip("address", "delete", $"{GroupConfiguration.SecondAddress}/32", "dev", GroupConfiguration.SecondInterface);
        IsActive(story, times: 2);
    });

    [Fact]
    public void Group_lowerPriorityHeard_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Lab.Sender.Send(new CraftedAdvert { Priority = 10 });
        story.Scripts.Wait("the line", () => File.ReadAllText(story.Fifo).Contains("MASTER_RX_LOWER_PRI", StringComparison.Ordinal));
    });

    [Fact]
    public void Group_electionLost_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Lab.Sender.Send(new CraftedAdvert { Priority = 200 });
        IsActive(story, times: 2);
    });

    // Held until the script of one member has ended, and then all well.
    [Fact]
    public void Group_scriptSucceedsAtLast_isToldAsByStock() => BothTell(
        static story => IsActive(story),
        static scripts => s_configuration with
        {
            Blocks = $"vrrp_script chk {{\nscript \"{scripts.Add("chk", "sleep 1")}\"\ninterval 5\ntimeout 10\n}}\n",
            FirstLines = "track_script {\nchk\n}",
        });

    // Held until the script of one member has failed: the other one is held still, and tells nobody.
    [Fact]
    public void Group_scriptFailsAtOnce_isToldAsByStock() => BothTell(
        static story => GroupIs(story, "FAULT"),
        static scripts => s_configuration with
        {
            Blocks = $"vrrp_script chk {{\nscript \"{scripts.Add("chk", "sleep 1; exit 1")}\"\ninterval 5\ntimeout 10\n}}\n",
            FirstLines = "track_script {\nchk\n}",
        });

    // The group has no priority and no line about one: its notify_priority_changes is its members', whatever state they are in. One that has
    // its own keeps that.
    [Theory]
    [InlineData("true", "")]
    [InlineData("true", "notify_priority_changes false")]
    [InlineData("false", "notify_priority_changes true")]
    public void Group_prioritiesOfItsMembersChange_isToldAsByStock(string ofGroup, string ofFirst)
    {
        string? file = null;
        BothTell(
            story =>
            {
                IsActive(story);
                SetPriority(story, file!, 5);
                story.Router.LoseCarrier(GroupConfiguration.SecondInterface);
                GroupIs(story, "FAULT");
                SetPriority(story, file!, 7);
                story.Router.RegainCarrier(GroupConfiguration.SecondInterface);
                IsActive(story, times: 2);
            },
            scripts =>
            {
                file = scripts.PathOf("number");
                File.WriteAllText(file, "0");
                return s_configuration with
                {
                    Blocks = $"track_file number {{\nfile {file}\n}}\n",
                    GroupLines = $"sync_group_tracking_weight\nnotify_priority_changes {ofGroup}\ntrack_file {{\nnumber weight 1\n}}\n",
                    FirstLines = ofFirst,
                };
            });
    }

    private static void SetPriority(Story story, string file, int more)
    {
        int seen = story.Router.Daemon.Log.Count;
        File.WriteAllText(file, $"{more}");
        story.Router.Daemon.WaitForLog($@"\(VI_2\) .*effective priority .*{100 + more}", Expect.Soon, seen);
    }

    [GeneratedRegex(@"\(VI_[12]\) Entering (MASTER|BACKUP|FAULT) STATE.*|VRRP_Group\(G\).*")]
    private static partial Regex Interesting();
}
