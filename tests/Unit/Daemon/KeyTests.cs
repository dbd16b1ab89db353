using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Keys on their way from the configuration into the router, and the clock that goes with them.</summary>
public class KeyTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Hmac = $$"""
        auth_hmac {
            key 1 {{Secret}}
            active_key 1
        }
        """;

    private const string Header = """
        authentication {
            auth_type AH
            auth_pass secret
        }
        """;

    [Fact]
    public void Keys_of_auth_hmac_are_wiped_and_used_all_the_same()
    {
        ModelRouter router = Start(Hmac);
        AssertSigned(router);
        AssertWiped(router);
        router.Reload(With(Hmac + "\npriority 120"));
        router.World.Datagrams.Clear();
        AssertSigned(router);
        AssertWiped(router);
    }

    [Fact]
    public void Key_of_AH_is_wiped_and_heard_on_its_own_protocol()
    {
        ModelRouter router = Start(Header);
        Assert.Equal([Ipv4Header.ProtocolAuthenticationHeader], router.World.Receivers.Select(static key => key.Protocol));
        router.Advance(5);
        Assert.Equal(51, router.World.Datagrams[0][9]);
        Assert.True(router["A"].Router.Parameters.Authentication.HeaderKey!.IsWiped);
        Assert.DoesNotContain(router["A"].Block.AuthenticationData.ToArray(), static b => b != 0);
        Assert.DoesNotContain(router["A"].Block.Authentication!.Password, static b => b != 0);

        router.Reload(With(""));
        Assert.Equal([Ipv4Header.ProtocolVrrp], router.World.Receivers.Select(static key => key.Protocol));
        Assert.Equal(112, router.World.Datagrams[^1][9]);
    }

    [Fact]
    public void Clock_that_was_set_while_the_loop_slept_is_known_before_anything_is_sent()
    {
        ModelRouter router = Start(Hmac);
        router.Advance(5);
        router.World.ClockError = Duration.FromSeconds(3600);
        router.Module.OnTurnStart(router.World.Now);
        router.World.Datagrams.Clear();
        router.Advance(1);
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(Assert.Single(router.World.Datagrams).AsSpan(44));
        Assert.InRange(seconds, router.World.UnixNow.Seconds - 1, router.World.UnixNow.Seconds);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(Header, 0)]
    [InlineData(Hmac, 10)]
    public void Clock_on_the_wall_is_looked_at_only_where_a_trailer_needs_it(string words, int expected)
    {
        ModelRouter router = Start(words);
        router.Advance(5);
        int before = router.World.UnixReads;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            router.Module.OnTurnStart(router.World.Now);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.Equal(expected, router.World.UnixReads - before);
    }

    [Fact]
    public void Clock_on_the_wall_is_looked_at_again_when_a_reload_brings_a_key()
    {
        ModelRouter router = Start("");
        router.Advance(5);
        router.Reload(With(Hmac));
        AssertSigned(router);
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(router.World.Datagrams[^1].AsSpan(44));
        Assert.InRange(seconds, router.World.UnixNow.Seconds - 1, router.World.UnixNow.Seconds);
        router.Reload(With(""));
        int before = router.World.UnixReads;
        router.Module.OnTurnStart(router.World.Now);
        Assert.Equal(before, router.World.UnixReads);
    }

    private static ModelRouter Start(string words)
    {
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.AddForeign(1, "10.0.0.1", 24);
        return new ModelRouter(world, With(words));
    }

    private static string With(string words) => $$"""
        vrrp_instance A {
            interface eth0
            virtual_router_id 51
            {{words}}
            virtual_ipaddress {
                10.0.0.100
            }
        }
        """;

    private static void AssertSigned(ModelRouter router)
    {
        router.Advance(5);
        byte[] datagram = router.World.Datagrams[^1];
        Assert.Equal(68, datagram.Length);
        byte[] covered = [4, 2, 51, 0, 10, 0, 0, 1, .. new byte[12], .. datagram[20..26], 0, 0, .. datagram[28..52], .. new byte[16]];
        Assert.Equal(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), covered)[..16], datagram[52..]);
    }

    private static void AssertWiped(ModelRouter router)
    {
        Assert.All(router["A"].Router.Parameters.Hmac!.Keys, static key => Assert.True(key.Secret.IsWiped));
        Assert.DoesNotContain(router["A"].Block.AuthHmac!.Keys[0].Secret.ToArray(), static b => b != 0);
    }
}
