using System.Text.Json;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Tests.Unit.Config;

namespace KeepalivedAot.Tests.Unit.Daemon.Planning;

/// <summary>What a plan says of two configurations.</summary>
public sealed class ReloadPlanTests
{
    private const string Globals = "global_defs {\n vrrp_version 3\n}\n";

    private static string Instance(
        string name = "V1", int vrid = 51, int priority = 100, string addresses = "10.0.0.100/24", string at = "eth0", string more = "", string interval = "1")
        => $"vrrp_instance {name} {{\n interface {at}\n virtual_router_id {vrid}\n priority {priority}\n advert_int {interval}\n {more}\n virtual_ipaddress {{\n  {addresses.Replace(",", "\n  ")}\n }}\n}}\n";

    private static ReloadPlan Plan(string old, string next)
    {
        return ReloadPlan.MakeDetailed(Side(old, "old.conf"), Side(next, "new.conf"));

        static PlannedSide Side(string text, string path)
        {
            LoadResult read = ConfigurationLoader.Load(path, new TextFiles { [path] = text });
            Assert.True(read.CanRun, string.Join('\n', read.Diagnostics));
            return PlannedSide.Of(read, DaemonIdentity.Of(new DaemonOptions(), read.Configuration), keepsText: true);
        }
    }

    private static PlannedItem Item(ReloadPlan plan, string keyword, string name) => plan.Items.Single(item => item.Keyword == keyword && item.Name == name);

    private static string[] Texts(ReloadPlan plan, ConsequenceKind kind) => [.. plan.Consequences.Where(it => it.Kind == kind).Select(it => it.Text)];

    [Fact]
    public void Same_configuration_is_nothing_to_do()
    {
        ReloadPlan plan = Plan(Globals + Instance(), Globals + Instance());
        Assert.Equal(ReloadPlan.NothingToDo, plan.ExitStatus);
        Assert.Equal("2 kept", plan.Summary);
        Assert.True(plan.IsUntouched(0));
        Assert.Empty(plan.Consequences);
    }

    // Places, comments, order within a block and words for what holds anyway mean nothing.
    [Theory]
    [InlineData("garp_master_repeat 5")]
    [InlineData("preempt")]
    [InlineData("# a remark")]
    [InlineData("debug 0")]
    public void Words_without_effect_change_nothing(string word)
        => Assert.Equal(ReloadPlan.NothingToDo, Plan(Instance(), "\n\n" + Instance(more: word)).ExitStatus);

    [Fact]
    public void Instance_in_another_order_is_kept()
    {
        ReloadPlan plan = Plan(Instance("A", 1, addresses: "10.0.0.1") + Instance("B", 2, addresses: "10.0.0.2"), Instance("B", 2, addresses: "10.0.0.2") + Instance("A", 1, addresses: "10.0.0.1"));
        Assert.Equal("2 kept", plan.Summary);
        Assert.Equal([1, 0], plan.Matched);
    }

    [Fact]
    public void Changed_priority_is_changed_in_place_and_may_move_the_role()
    {
        ReloadPlan plan = Plan(Instance(priority: 120), Instance(priority: 140));
        PlannedItem item = Item(plan, "vrrp_instance", "V1");
        Assert.Equal(PlannedFate.Changed, item.Fate);
        Assert.Equal([new PlannedSetting("priority", "120", "140")], item.Settings);
        Assert.Single(Texts(plan, ConsequenceKind.Election));
        Assert.Equal(ReloadPlan.Disruptive, plan.ExitStatus);
        Assert.False(plan.IsUntouched(0));
    }

    [Fact]
    public void Setting_that_nobody_notices_is_harmless()
    {
        ReloadPlan plan = Plan(Instance(), Instance(more: "garp_master_repeat 2"));
        Assert.Equal([new PlannedSetting("garp_master_repeat", "5", "2")], Item(plan, "vrrp_instance", "V1").Settings);
        Assert.Empty(plan.Consequences);
        Assert.Equal(ReloadPlan.Harmless, plan.ExitStatus);
    }

    [Theory]
    [InlineData(52, "eth0", "", "another VRID")]
    [InlineData(51, "eth1", "", "another interface")]
    [InlineData(51, "eth0", "mcast_src_ip 10.0.0.9", "another source address")]
    [InlineData(51, "eth0", "unicast_peer {\n 10.0.0.2\n }", "another kind of peers")]
    public void Another_identity_is_a_restart(int vrid, string at, string more, string reason)
    {
        ReloadPlan plan = Plan(Instance(), Instance(vrid: vrid, at: at, more: more));
        PlannedItem item = Item(plan, "vrrp_instance", "V1");
        Assert.Equal((PlannedFate.Restarted, reason), (item.Fate, item.Reason));
        Assert.Single(Texts(plan, ConsequenceKind.RoleGivenUp));
        Assert.Equal(ReloadPlan.Disruptive, plan.ExitStatus);
    }

    [Fact]
    public void Name_that_needs_quotes_is_compared_like_others()
    {
        ReloadPlan plan = Plan(Instance("\"V 1\""), Instance("\"V 1\"", more: "garp_master_repeat 2"));
        Assert.Equal([new PlannedSetting("garp_master_repeat", "5", "2")], Item(plan, "vrrp_instance", "V 1").Settings);
    }

    [Theory]
    [InlineData("'a\"b'")]
    [InlineData("a'b")]
    [InlineData("\"a\\\"b\"")]
    public void Name_with_quotes_in_it_does_no_harm(string name)
        => Assert.Equal(ReloadPlan.NothingToDo, Plan(Instance(name), Instance(name)).ExitStatus);

    [Fact]
    public void Another_name_of_the_same_router_is_a_change_in_place()
    {
        ReloadPlan plan = Plan(Instance("V1"), Instance("V9"));
        PlannedItem item = Assert.Single(plan.Items);
        Assert.Equal((PlannedFate.Changed, "V9", "V1"), (item.Fate, item.Name, item.FormerName));
        Assert.Equal(ReloadPlan.Harmless, plan.ExitStatus);
    }

    // Whose name it was is not who it is.
    [Fact]
    public void Exchanged_names_are_two_changes_in_place()
    {
        ReloadPlan plan = Plan(
            Instance("A", 1, addresses: "10.0.0.1") + Instance("B", 2, addresses: "10.0.0.2"), Instance("B", 1, addresses: "10.0.0.1") + Instance("A", 2, addresses: "10.0.0.2"));
        Assert.Equal("0 kept, 2 changed in place", plan.Summary);
        Assert.Empty(plan.Consequences);
    }

    [Fact]
    public void Added_and_removed_instances_are_told_with_their_addresses()
    {
        ReloadPlan plan = Plan(Instance("A", 1, addresses: "10.0.0.1"), Instance("B", 2, addresses: "10.0.0.2"));
        Assert.Equal("0 kept, 1 added, 1 removed", plan.Summary);
        Assert.Equal(["10.0.0.1 vanishes (A on eth0)"], Texts(plan, ConsequenceKind.AddressVanishes));
        Assert.Equal(["10.0.0.2 comes (B on eth0)"], Texts(plan, ConsequenceKind.AddressAdded));
        Assert.Equal(ReloadPlan.Disruptive, plan.ExitStatus);
    }

    [Fact]
    public void Address_that_another_instance_gets_moves()
    {
        string a = Instance("A", 1, addresses: "10.0.0.1,10.0.0.3");
        string b = Instance("B", 2, addresses: "10.0.0.2", at: "eth1");
        ReloadPlan plan = Plan(a + b, Instance("A", 1, addresses: "10.0.0.1") + Instance("B", 2, addresses: "10.0.0.2,10.0.0.3", at: "eth1"));
        Assert.Equal(["10.0.0.3 moves from A on eth0 to B on eth1"], Texts(plan, ConsequenceKind.AddressMoves));
    }

    [Fact]
    public void Address_on_another_interface_moves()
    {
        ReloadPlan plan = Plan(Instance(addresses: "10.0.0.1"), Instance(addresses: "10.0.0.1 dev eth1"));
        Assert.Equal(["10.0.0.1 of V1 moves from eth0 to eth1"], Texts(plan, ConsequenceKind.AddressMoves));
    }

    [Theory]
    [InlineData("", "version 2", "1", "VRRP version")]
    [InlineData("version 2", "version 2", "2", "an interval of 2")]
    [InlineData("version 2", "version 2\n authentication {\n auth_type PASS\n auth_pass abc\n }", "1", "authentication with PASS")]
    public void What_a_peer_with_the_old_file_rejects_is_told(string oldMore, string newMore, string interval, string text)
    {
        ReloadPlan plan = Plan(Globals + Instance(more: oldMore), Globals + Instance(more: newMore, interval: interval));
        Assert.Contains(Texts(plan, ConsequenceKind.PeerRejects), line => line.Contains(text));
        Assert.Equal(ReloadPlan.Disruptive, plan.ExitStatus);
    }

    [Fact]
    public void Peer_that_is_not_listed_any_more_is_told()
    {
        ReloadPlan plan = Plan(Instance(more: "unicast_peer {\n 10.0.0.2\n 10.0.0.3\n }"), Instance(more: "unicast_peer {\n 10.0.0.2\n }"));
        Assert.Equal([new PlannedSetting("unicast_peer", "10.0.0.3", null)], Item(plan, "vrrp_instance", "V1").Settings);
        Assert.Contains(Texts(plan, ConsequenceKind.PeerRejects), line => line.Contains("10.0.0.3"));
    }

    [Theory]
    [InlineData("SSL {\n password one\n}\n", "SSL {\n password two\n}\n", "SSL")]
    [InlineData("SSL {\n password one\n}\n", "SSL {\n password\n}\n", "SSL")]
    public void Changed_secret_outside_of_instances_is_told_too(string old, string next, string keyword)
    {
        ReloadPlan plan = Plan(Instance() + old, Instance() + next);
        PlannedItem item = plan.Items.Single(it => it.Keyword == keyword);
        Assert.Equal(PlannedFate.Changed, item.Fate);
        Assert.DoesNotContain(item.Settings, static setting => setting.ToString().Contains("one", StringComparison.Ordinal));
        Assert.Equal(ReloadPlan.NothingToDo, Plan(Instance() + old, Instance() + old).ExitStatus);
    }

    [Fact]
    public void Changed_secret_is_told_and_not_shown()
    {
        string With(string password) => Instance(more: $"version 2\n authentication {{\n auth_type PASS\n auth_pass {password}\n }}");
        ReloadPlan plan = Plan(With("geheim1"), With("geheim2"));
        Assert.Equal(SettingComparison.SecretWord, Assert.Single(Item(plan, "vrrp_instance", "V1").Settings).Word);
        Assert.DoesNotContain("geheim", PlanText.Write(plan) + PlanJson.Write(plan));
    }

    [Theory]
    [InlineData("net_namespace a\n", "net_namespace b\n", "network namespace")]
    [InlineData("", "instance x\n", "instance name")]
    public void What_cannot_change_refuses(string old, string next, string what)
    {
        ReloadPlan plan = Plan(old + Instance(), next + Instance());
        Assert.Equal(what, plan.Refusal);
        Assert.Single(Texts(plan, ConsequenceKind.Refused));
        Assert.Equal(ReloadPlan.Disruptive, plan.ExitStatus);
    }

    [Fact]
    public void Scripts_groups_static_lines_and_servers_are_items_of_their_own()
    {
        const string Old = """
            vrrp_script chk {
                script "/bin/true"
                interval 2
                timeout 1
            }
            static_routes {
                192.0.2.0/24 dev eth0
                198.51.100.0/24 dev eth0
            }
            virtual_server 10.0.0.200 80 {
                real_server 10.0.1.1 80 {
                    TCP_CHECK {
                        connect_timeout 3
                    }
                }
                real_server 10.0.1.2 80 {
                    TCP_CHECK {
                        connect_timeout 3
                    }
                }
            }

            """;
        string next = Old.Replace("interval 2", "interval 3").Replace("198.51.100.0/24", "203.0.113.0/24");
        next = next[..next.LastIndexOf("timeout 3", StringComparison.Ordinal)] + "timeout 4" + next[(next.LastIndexOf("timeout 3", StringComparison.Ordinal) + 9)..];
        string instances = Instance(more: "track_script {\n chk\n }");
        ReloadPlan plan = Plan(Old + instances, next + instances);
        Assert.Equal(new PlannedSetting("interval", "2", "3"), Assert.Single(Item(plan, "vrrp_script", "chk").Settings));
        Assert.Equal(PlannedFate.Kept, Item(plan, "static_routes", "192.0.2.0/24 dev eth0").Fate);
        Assert.Equal(PlannedFate.Removed, Item(plan, "static_routes", "198.51.100.0/24 dev eth0").Fate);
        Assert.Equal(PlannedFate.Added, Item(plan, "static_routes", "203.0.113.0/24 dev eth0").Fate);
        Assert.Equal(["virtual_server 10.0.0.200 80: checks of real_server 10.0.1.2 80 start anew"], Texts(plan, ConsequenceKind.CheckStartsAnew));
        Assert.Equal(PlannedFate.Kept, Item(plan, "vrrp_instance", "V1").Fate);
        // It hangs on the script, which is another one.
        Assert.False(plan.IsUntouched(0));
    }

    [Fact]
    public void Member_of_a_changed_group_is_kept_but_not_untouched()
    {
        string instances = Instance("A", 1, addresses: "10.0.0.1") + Instance("B", 2, addresses: "10.0.0.2");
        ReloadPlan plan = Plan(
            instances + "vrrp_sync_group G {\n group {\n A\n B\n }\n}\n", instances + "vrrp_sync_group G {\n group {\n A\n B\n }\n smtp_alert\n}\n");
        Assert.Equal("2 kept, 1 changed in place", plan.Summary);
        Assert.False(plan.IsUntouched(0) || plan.IsUntouched(1));
    }

    [Fact]
    public void Json_has_what_the_text_has()
    {
        using JsonDocument json = JsonDocument.Parse(PlanJson.Write(Plan(Instance(priority: 120), Instance(priority: 140))));
        Assert.Equal(ReloadPlan.Disruptive, json.RootElement.GetProperty("status").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("changed").GetInt32());
        JsonElement setting = json.RootElement.GetProperty("items")[0].GetProperty("settings")[0];
        Assert.Equal(("priority", "120", "140"), (setting.GetProperty("word").GetString(), setting.GetProperty("old").GetString(), setting.GetProperty("new").GetString()));
        Assert.Equal("election", json.RootElement.GetProperty("consequences")[0].GetProperty("kind").GetString());
    }
}
