using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Tests.Unit.Config.Vrrp;

/// <summary>Who is in a group, and what a group does to its members.</summary>
public sealed class GroupTests
{
    [Fact]
    public void Members_may_be_defined_later()
    {
        LoadResult result = ConfigText.Load(Group("G", "A", "B") + Instance("A", 1) + Instance("B", 2));
        Assert.DoesNotContain(result.Diagnostics, static d => d.Severity == Severity.Error);
        VrrpSyncGroupBlock group = Assert.Single(result.Configuration.VrrpSyncGroups);
        Assert.All(result.Configuration.VrrpInstances, i => Assert.Same(group, i.SyncGroup));
    }

    [Fact]
    public void Static_things_of_a_track_group_that_is_removed_have_none()
    {
        LoadResult result = ConfigText.Load("""
            track_group G {
                group {
                    NOBODY
                }
            }
            static_ipaddress {
                192.0.2.1/24 dev eth0 track_group G
            }
            static_routes {
                192.0.2.0/24 dev eth0 track_group G
            }
            static_rules {
                from 192.0.2.0/24 iif eth0 table 100 track_group G
            }

            """);
        Assert.Empty(result.Configuration.TrackGroups);
        Assert.Null(Assert.Single(result.Configuration.StaticAddresses).TrackGroup);
        Assert.Null(Assert.Single(result.Configuration.StaticRoutes).TrackGroup);
        Assert.Null(Assert.Single(result.Configuration.StaticRules).TrackGroup);
        Golden.RoundTrip.Require(result, Golden.GoldenRecording.Options);
    }

    [Theory]
    [InlineData("A B C", "Virtual router C specified in sync group G doesn't exist - ignoring", 1)]
    [InlineData("A", "Sync group G has only 1 virtual router(s) - this probably isn't what you want", 1)]
    [InlineData("A A", "Virtual router A cannot exist in more than one sync group; ignoring G", 1)]
    [InlineData("", "Sync group G has no virtual router(s). removing", 0)]
    [InlineData("X Y", "Virtual router X specified in sync group G doesn't exist - ignoring", 0)]
    public void Group_whose_members_are_wrong_says_so(string members, string message, int groups)
    {
        LoadResult result = ConfigText.Load(Instance("A", 1) + Instance("B", 2) + Group("G", members.Split(' ')));
        Assert.Contains(result.Diagnostics, d => d.Message == message && d.Kind.Class == ConfigErrorClass.GeneralError);
        Assert.Equal(groups, result.Configuration.VrrpSyncGroups.Count);
    }

    [Fact]
    public void Instance_in_two_groups_stays_in_the_first()
    {
        LoadResult result = ConfigText.Load(Instance("A", 1) + Instance("B", 2) + Group("G", "A", "B") + Group("H", "A"));
        Assert.Equal("G", Assert.Single(result.Configuration.VrrpSyncGroups).Name);
        Assert.Contains(result.Diagnostics, static d => d.Message == "Virtual router A cannot exist in more than one sync group; ignoring H");
    }

    [Theory]
    [InlineData("track_interface {\neth1 weight 5\n}", "(A) ignoring eth1 tracked interface weight due to SYNC group", "eth1")]
    [InlineData("track_script {\ns weight 5\n}", "(A) ignoring tracked script s with weights due to SYNC group", null)]
    [InlineData("track_file {\nf\n}", "(A) ignoring weight from tracked file f due to SYNC group. specify weight 0", "f")]
    [InlineData("track_file {\nf weight 1\n}", "(A) ignoring weight from tracked file f due to SYNC group. specify weight 0", "f")]
    [InlineData("track_file {\nf weight 2\n}", "(A) ignoring tracked file f with weight 2 due to SYNC group", null)]
    public void Weights_of_members_do_not_act(string body, string message, string? kept)
    {
        LoadResult result = ConfigText.Load(
            "vrrp_script s {\nscript /bin/true\n}\ntrack_file f {\nfile /run/f\n}\n" + Instance("A", 1, body) + Instance("B", 2) + Group("G", "A", "B"));
        Assert.Contains(result.Diagnostics, d => d.Message == message);
        VrrpInstanceBlock member = result.Configuration.VrrpInstances[0];
        Assert.Equal(kept, member.TrackedInterfaces.FirstOrDefault()?.Name ?? member.TrackedFiles.FirstOrDefault()?.Name ?? member.TrackedScripts.FirstOrDefault()?.Name);
        Assert.All(member.TrackedInterfaces, static l => Assert.Equal(0, l.Weight));
        Assert.All(member.TrackedFiles, static l => Assert.Equal(0, l.Weight));
    }

    // A script that is tracked in vain is not run.
    [Fact]
    public void Script_that_only_such_a_line_names_is_not_used()
    {
        LoadResult result = ConfigText.Load(
            "vrrp_script s {\nscript /bin/true\n}\nvrrp_script t {\nscript /bin/true\n}\n" + Instance("A", 1, "track_script {\ns weight 5\nt\n}") + Instance("B", 2) + Group("G", "A", "B"));
        Assert.Equal([("s", false), ("t", true)], result.Configuration.VrrpScripts.Select(static s => (s.Name, s.IsUsed)));
        Assert.Contains(result.Diagnostics, static d => d.Message == "script s is not used");
        Assert.DoesNotContain(result.Diagnostics, static d => d.Message == "script t is not used");
    }

    [Fact]
    public void Weights_of_a_group_itself_and_of_members_of_one_that_allows_them_act()
    {
        LoadResult result = ConfigText.Load(
            Instance("A", 1, "track_interface {\neth1 weight 5\n}") + Instance("B", 2)
            + Group("G", "A", "B").Replace("}\n}", "}\nsync_group_tracking_weight\ntrack_interface {\neth2 weight 6\n}\n}", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Diagnostics, static d => d.Severity == Severity.Error);
        Assert.Equal(5, result.Configuration.VrrpInstances[0].TrackedInterfaces[0].Weight);
        Assert.Equal(6, result.Configuration.VrrpSyncGroups[0].TrackedInterfaces[0].Weight);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("vrrp_notify_priority_changes true", "", true)]
    [InlineData("vrrp_notify_priority_changes true", "notify_priority_changes false", false)]
    [InlineData("", "notify_priority_changes true", true)]
    public void Priority_changes_are_notified_as_the_group_says_before_all_say(string globals, string group, bool expected)
    {
        LoadResult result = ConfigText.Load(
            $"global_defs {{\n{globals}\n}}\n" + Instance("A", 1) + Instance("B", 2) + Group("G", "A", "B").Replace("}\n}", $"}}\n{group}\n}}", StringComparison.Ordinal));
        Assert.All(result.Configuration.VrrpInstances, i => Assert.Equal(expected, i.NotifyPriorityChanges));
    }

    [Theory]
    [InlineData("false", "true")]
    [InlineData("true", "false")]
    public void Priority_changes_are_notified_as_the_member_says_before_its_group(string ofGroup, string ofMember)
    {
        LoadResult result = ConfigText.Load(
            Instance("A", 1, $"notify_priority_changes {ofMember}") + Instance("B", 2)
            + Group("G", "A", "B").Replace("}\n}", $"}}\nnotify_priority_changes {ofGroup}\n}}", StringComparison.Ordinal));
        Assert.Equal([ofMember == "true", ofGroup == "true"], result.Configuration.VrrpInstances.Select(static i => i.NotifyPriorityChanges));
    }

    [Fact]
    public void Garp_group_without_an_interval_is_left_out_and_an_interface_is_in_one_only()
    {
        LoadResult result = ConfigText.Load(
            "garp_group {\ninterface eth1\n}\ngarp_group {\ngarp_interval 0.5\ninterface eth1\n}\ngarp_group {\ngna_interval 1\ninterfaces {\neth1\neth2\n}\n}\n");
        Assert.Equal(["KA0445", "KA0446", "KA0447"], ConfigText.Codes(result).Where(static c => c != "KA0202").Order());
        Assert.Equal(["eth1", null], result.Configuration.GarpGroups.Select(static g => g.Interface));
        Assert.Equal("eth2", Assert.Single(result.Configuration.GarpGroups[1].Interfaces).Name);
    }

    private static string Instance(string name, int vrid, string body = "")
        => $"vrrp_instance {name} {{\ninterface eth0\nvirtual_router_id {vrid}\nvirtual_ipaddress {{\n192.0.2.{vrid}\n}}\n{body}\n}}\n";

    private static string Group(string name, params string[] members)
        => $"vrrp_sync_group {name} {{\ngroup {{\n{string.Join('\n', members)}\n}}\n}}\n";
}
