using System.Text;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Tests.Unit.Daemon.Planning;

/// <summary>A plan says what the reload then does: random configurations, one after the other.</summary>
public sealed class PlanAndReloadTests
{
    private static readonly string[] s_names = ["A", "B", "C", "D", "E"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reload_does_what_was_planned(int seed)
    {
        Random random = new(seed);
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.SetLink(3, "eth1");
        world.AddForeign(2, "10.0.0.1", 24);
        world.AddForeign(3, "10.1.0.1", 24);
        string configuration = Random(random);
        ModelRouter router = new(world, configuration);
        HashSet<PlannedFate> met = [];
        for (int i = 0; i < 60; i++)
        {
            router.Advance(random.Next(0, 5000) / 1000.0);
            router.Settle();
            router.TakeOutput();
            VrrpInstance[] before = [.. router.Module.Instances];
            Dictionary<string, VrrpInstance> namesBefore = before.ToDictionary(instance => instance.Name);
            var states = before.ToDictionary(instance => instance, instance => (instance.Router.State, instance.Router.EffectivePriority));
            // Often it is what it was, so that there is something to keep.
            string next = random.Next(4) == 0 ? configuration : Random(random);
            router.Reload(next);
            configuration = next;
            ReloadPlan plan = router.Plan!;
            Dictionary<string, VrrpInstance> after = router.Module.Instances.ToDictionary(instance => instance.Name);
            PlannedItem[] items = [.. plan.Items.Where(item => item.Keyword == "vrrp_instance")];
            // Those of which it says nothing.
            string[] kept = [.. after.Keys.Except(items.Where(static item => item.Fate != PlannedFate.Removed).Select(static item => item.Name))];
            Assert.InRange(kept.Length, 0, plan.Count(PlannedFate.Kept));
            foreach (string name in kept)
            {
                met.Add(PlannedFate.Kept);
                Assert.Same(namesBefore[name], after[name]);
                Assert.Equal(states[after[name]], (after[name].Router.State, after[name].Router.EffectivePriority));
            }
            foreach (PlannedItem item in items)
            {
                met.Add(item.Fate);
                VrrpInstance? now = after.GetValueOrDefault(item.Name);
                VrrpInstance? former = namesBefore.GetValueOrDefault(item.FormerName ?? item.Name);
                switch (item.Fate)
                {
                    case PlannedFate.Changed:
                        Assert.Same(former, now);
                        break;
                    case PlannedFate.Restarted:
                        Assert.NotNull(former);
                        Assert.DoesNotContain(now, before);
                        break;
                    case PlannedFate.Added:
                        Assert.DoesNotContain(now, before);
                        break;
                    default:
                        Assert.DoesNotContain(former, router.Module.Instances);
                        break;
                }
            }
            Assert.Equal(router.Module.Instances.Count, plan.Matched.Count);
            if (plan.ChangesNothing)
                Assert.Empty(router.TakeOutput());
        }
        Assert.Equal(5, met.Count);
    }

    // Identities are few, so that names and identities meet in every way.
    private static string Random(Random random)
    {
        StringBuilder text = new("global_defs {\n vrrp_version 3\n}\n");
        (int Vrid, int At)[] identities = [.. Enumerable.Range(0, 6).Select(number => (number / 2 + 1, number % 2)).OrderBy(_ => random.Next())];
        string[] names = [.. s_names.OrderBy(_ => random.Next())];
        int count = random.Next(1, names.Length + 1);
        for (int i = 0; i < count; i++)
        {
            (int vrid, int at) = identities[i];
            text.Append($$"""
                vrrp_instance {{names[i]}} {
                    interface eth{{at}}
                    virtual_router_id {{vrid}}
                    priority {{100 + random.Next(2) * 50}}
                    advert_int 1
                    virtual_ipaddress {
                        10.{{at}}.0.{{100 + vrid}}/24
                        {{(random.Next(2) == 0 ? "" : $"10.{at}.0.{200 + vrid}/24")}}
                    }
                }

                """);
        }
        if (count > 2 && random.Next(2) == 0)
            text.Append($"vrrp_sync_group G {{\n group {{\n {names[0]}\n {names[1]}\n }}\n}}\n");
        return text.ToString();
    }
}
