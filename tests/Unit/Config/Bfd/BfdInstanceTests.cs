using KeepalivedAot.Config;
using KeepalivedAot.Config.Bfd;

namespace KeepalivedAot.Tests.Unit.Config.Bfd;

public sealed class BfdInstanceTests
{
    [Theory]
    [InlineData("192.0.2.9", 255)]
    [InlineData("fe80::9", 64)]
    public void Ttl_that_is_not_given_is_that_of_the_family(string neighbor, int ttl)
    {
        BfdInstanceBlock session = Assert.Single(ConfigText.Load($"bfd_instance b {{\nneighbour_ip {neighbor}\n}}\n").Configuration.BfdInstances);
        Assert.Equal((byte)ttl, session.Ttl);
        Assert.True(session.NotifiesVrrp && session.NotifiesCheckers);
    }

    [Theory]
    [InlineData("vrrp", true, false)]
    [InlineData("checker", false, true)]
    [InlineData("vrrp\nchecker", true, true)]
    public void Those_that_are_named_are_told(string body, bool vrrp, bool checkers)
    {
        BfdInstanceBlock session = Assert.Single(ConfigText.Load($"bfd_instance b {{\nneighbor_ip 192.0.2.9\n{body}\n}}\n").Configuration.BfdInstances);
        Assert.Equal((vrrp, checkers), (session.NotifiesVrrp, session.NotifiesCheckers));
    }

    [Theory]
    [InlineData("neighbor_ip 192.0.2.9\nsource_ip fe80::1", "KA0720", 0)]
    [InlineData("neighbor_ip 192.0.2.9\nttl 5\nmax_hops 6", "KA0722", 1)]
    [InlineData("neighbor_ip 192.0.2.9\nmin_rx 10001", "KA0723", 1)]
    [InlineData("neighbor_ip 192.0.2.9\nmultiplier 11", "KA0723", 1)]
    [InlineData("neighbor_ip 192.0.2.9\nweight 254", "KA0303", 1)]
    [InlineData("passive", "KA0705", 0)]
    public void Mistake_is_reported(string body, string code, int kept)
    {
        LoadResult result = ConfigText.Load($"bfd_instance b {{\n{body}\n}}\n");
        Assert.Equal([code], ConfigText.Codes(result).Where(static c => c != "KA0202"));
        Assert.Equal(kept, result.Configuration.BfdInstances.Count);
        Assert.All(result.Configuration.BfdInstances, static b => Assert.Equal((0, true), (b.Weight.Value, b.MaxHops <= b.Ttl)));
    }

    [Fact]
    public void Second_session_with_a_neighbour_is_left_out()
    {
        LoadResult result = ConfigText.Load(
            "bfd_instance a {\nneighbor_ip 192.0.2.9\n}\nbfd_instance b {\nneighbor_ip 192.0.2.9\n}\nbfd_instance c {\nneighbor_ip 192.0.2.9\nmultihop\n}\n");
        Assert.Contains("KA0721", ConfigText.Codes(result));
        Assert.Equal(["a", "c"], result.Configuration.BfdInstances.Select(static b => b.Name));
    }
}
