using System.Net;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
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

    private sealed record Story(Lab Lab, ScriptFolder Scripts, string Fifo, Func<GroupConfiguration, GroupConfiguration> Complete)
    {
        public Router Router => Lab.A;

        public void Reload(GroupConfiguration configuration)
        {
            int seen = Router.Daemon.Log.Count;
            File.WriteAllText(Router.ConfigurationFile, Complete(configuration));
            Router.Daemon.Signal(Libc.SIGHUP);
            Router.Daemon.WaitForLog("Reload complete", Expect.Soon, seen);
        }
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
        GroupConfiguration Complete(GroupConfiguration configuration) => configuration with
        {
            Blocks = $"global_defs {{\nenable_script_security\nscript_user root\nvrrp_notify_fifo {fifo}\n}}\n{configuration.Blocks}",
        };
        lab.A.Start(implementation, Complete(configure(scripts)));
        scripts.Wait("the FIFO", () => File.Exists(fifo));
        // Stock makes its FIFO anew at a reload: who reads has to open it again. And the copy goes with the laboratory.
        string read = $"while [ -e {copy} -a ! -e {copy}.complete ]; do cat {fifo} >> {copy} 2>/dev/null || sleep 0.01; done";
        Thread reader = new(() => Shell.Try("bash", ["-c", read], TimeSpan.FromSeconds(60))) { IsBackground = true };
        reader.Start();
        happen(new Story(lab, scripts, copy, Complete));
        bool isThere = File.ReadAllText(lab.A.ConfigurationFile).Contains("vrrp_sync_group", StringComparison.Ordinal);
        string last = isThere ? "GROUP \"G\" STOP" : "INSTANCE \"VI_2\" STOP";
        lab.A.Stop();
        scripts.Wait("the last line", () => File.ReadAllText(copy).Contains(last, StringComparison.Ordinal));
        File.WriteAllText($"{copy}.complete", "");
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

    [Fact, BesideStock]
    public void Group_linkLostAndBack_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Router.LoseCarrier(GroupConfiguration.SecondInterface);
        GroupIs(story, "FAULT");
        story.Router.RegainCarrier(GroupConfiguration.SecondInterface);
        IsActive(story, times: 2);
    });

    [Fact, BesideStock]
    public void Group_addressLost_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Router.Ip("address", "delete", $"{GroupConfiguration.SecondAddress}/32", "dev", GroupConfiguration.SecondInterface);
        IsActive(story, times: 2);
    });

    [Fact, BesideStock]
    public void Group_lowerPriorityHeard_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Lab.Sender.Send(new CraftedAdvert { Priority = 10 });
        story.Scripts.Wait("the line", () => File.ReadAllText(story.Fifo).Contains("MASTER_RX_LOWER_PRI", StringComparison.Ordinal));
    });

    [Fact, BesideStock]
    public void Group_electionLost_isToldAsByStock() => BothTell(static story =>
    {
        IsActive(story);
        story.Lab.Sender.Send(new CraftedAdvert { Priority = 200 });
        IsActive(story, times: 2);
    });

    // Held until the script of one member has ended, and then all well.
    [Fact, BesideStock]
    public void Group_scriptSucceedsAtLast_isToldAsByStock() => BothTell(
        static story => IsActive(story),
        static scripts => s_configuration with
        {
            Blocks = $"vrrp_script chk {{\nscript \"{scripts.Add("chk", "sleep 1")}\"\ninterval 5\ntimeout 10\n}}\n",
            FirstLines = "track_script {\nchk\n}",
        });

    // Held until the script of one member has failed: the other one is held still, and tells nobody.
    [Fact, BesideStock]
    public void Group_scriptFailsAtOnce_isToldAsByStock() => BothTell(
        static story => GroupIs(story, "FAULT"),
        static scripts => s_configuration with
        {
            Blocks = $"vrrp_script chk {{\nscript \"{scripts.Add("chk", "sleep 1; exit 1")}\"\ninterval 5\ntimeout 10\n}}\n",
            FirstLines = "track_script {\nchk\n}",
        });

    // The group has no priority and no line about one: its notify_priority_changes is its members', whatever state they are in. One that has
    // its own keeps that.
    [Theory, BesideStock]
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

    // FAULT is entered with the priority that the instance had, and what the number comes to afterwards is told with the state.
    [Fact, BesideStock]
    public void Group_fileOfAMemberIsAFault_isToldAsByStock()
    {
        string? file = null;
        BothTell(
            story =>
            {
                IsActive(story);
                File.WriteAllText(file!, "7");
                story.Scripts.Wait("157", () => File.ReadAllText(story.Fifo).Contains("VI_1\" MASTER_PRIORITY 157", StringComparison.Ordinal));
                File.WriteAllText(file!, "-254");
                GroupIs(story, "FAULT");
                File.WriteAllText(file!, "-12");
                IsActive(story, times: 2);
                File.WriteAllText(file!, "-254");
                GroupIs(story, "FAULT", times: 2);
                File.WriteAllText(file!, "0");
                IsActive(story, times: 3);
            },
            scripts =>
            {
                file = scripts.PathOf("number");
                File.WriteAllText(file, "0");
                return s_configuration with
                {
                    Blocks = $"track_file number {{\nfile {file}\n}}\n",
                    GroupLines = "sync_group_tracking_weight\nnotify_priority_changes true\n",
                    FirstLines = "track_file {\nnumber weight 1\n}\n",
                };
            });
    }

    // A group that holds its members in FAULT because of VI_2, and a reload. The log is not compared: stock says what it finds once more.
    [Theory, BesideStock]
    [InlineData("VI_2")]
    [InlineData("VI_1")]
    [InlineData("")]
    public void Group_reloadedInFault_isToldAsByStock(string members)
    {
        void Happen(Story story)
        {
            IsActive(story);
            story.Router.LoseCarrier(GroupConfiguration.SecondInterface);
            GroupIs(story, "FAULT");
            story.Reload(s_configuration with { HasGroup = members.Length > 0, Members = members });
            // Nothing but its group kept VI_1 in FAULT.
            story.Router.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
            Assert.False(story.Router.Has(GroupConfiguration.SecondAddress));
            story.Router.RegainCarrier(GroupConfiguration.SecondInterface);
            story.Router.Addresses.WaitFor(s_second, present: true, Expect.Soon);
        }
        (_, string stock) = Tell(Implementation.Stock, static _ => s_configuration, Happen);
        (_, string ours) = Tell(Implementation.Ours, static _ => s_configuration, Happen);
        Assert.Equal(stock, ours);
    }

    // The fault goes from one member to the other and to the group, and is nobody's in the end. Of a moment in between nothing is told.
    [Fact, BesideStock]
    public void Group_faultThatAReloadMoves_isToldAsByStock()
    {
        string file = "";
        GroupConfiguration With(string first, string second, string group) => s_configuration with
        {
            Blocks = $"track_file number {{\nfile {file}\nweight 0\n}}\n",
            FirstLines = first,
            SecondLines = second,
            GroupLines = group,
        };
        const string Tracks = "track_file {\nnumber\n}\n";
        (_, string stock) = Tell(Implementation.Stock, Configure, Happen);
        (_, string ours) = Tell(Implementation.Ours, Configure, Happen);
        Assert.Equal(stock, ours);
        Assert.Single(ours.Split('\n'), static line => line == "GROUP \"G\" FAULT 0");

        GroupConfiguration Configure(ScriptFolder scripts)
        {
            file = scripts.PathOf("number");
            File.WriteAllText(file, "0");
            return With(Tracks, "", "");
        }

        void Happen(Story story)
        {
            IsActive(story);
            File.WriteAllText(file, "1");
            GroupIs(story, "FAULT");
            story.Reload(With("", Tracks, ""));
            story.Reload(With("", "", Tracks));
            story.Reload(With(Tracks, "", ""));
            story.Reload(With("", "", ""));
            IsActive(story, times: 2);
        }
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
