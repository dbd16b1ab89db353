using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Daemon.Recording;

namespace KeepalivedAot.Tests.Unit.Daemon.Recording;

/// <summary>No secret is in a record, and what was the same is the same.</summary>
public sealed class StandInsTests
{
    private const string Text = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            version 2
            authentication {
                auth_type PASS
                auth_pass "ge heim"
            }
            virtual_ipaddress {
                192.0.2.10
            }
        }
        vrrp_instance VI_2 {
            interface eth0
            virtual_router_id 52
            version 2
            authentication {
                auth_type PASS
                auth_pass verraten
            }
            virtual_ipaddress {
                192.0.2.11
            }
        }
        vrrp_instance VI_3 {
            interface eth0
            virtual_router_id 53
            version 3
            auth_hmac {
                key 1 hex:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
                key 2 file:/etc/keepalived/key
                active_key 1
            }
            virtual_ipaddress {
                192.0.2.12
            }
        }

        """;

    [Fact]
    public void Configuration_hasNoSecret_andMeansTheSameOtherwise()
    {
        Configuration configuration = Load(Text);
        string shown = new StandIns().TextOf(configuration);
        Assert.DoesNotContain("heim", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("verraten", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("00112233", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("****", shown, StringComparison.Ordinal);
        Assert.Contains("file:/etc/keepalived/key", shown, StringComparison.Ordinal);
        Configuration again = Load(shown);
        Assert.Equal(
            EffectiveConfiguration.ToText(configuration, showsSecrets: false), EffectiveConfiguration.ToText(again, showsSecrets: false));
        Assert.Equal(32, again.VrrpInstances[2].AuthHmac!.Keys[0].Secret.Length);
    }

    [Fact]
    public void SamePassword_hasTheSameStandIn_andAnotherAnother()
    {
        StandIns standIns = new();
        byte[] first = [.. "geheim\0\0"u8];
        byte[] other = [.. "verraten"u8];
        byte[] again = [.. "geheim\0\0"u8];
        standIns.Replace(first);
        standIns.Replace(other);
        standIns.Replace(again);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal("\0\0"u8.ToArray(), first[6..]);
    }

    [Fact]
    public void PasswordOnTheWire_isThatOfTheConfiguration()
    {
        StandIns standIns = new();
        string shown = standIns.TextOf(Load(Text));
        byte[] wire = [.. "verraten"u8];
        standIns.Replace(wire);
        Assert.Contains($"auth_pass {Encoding.ASCII.GetString(wire)}", shown, StringComparison.Ordinal);
    }

    private static Configuration Load(string text)
    {
        LoadResult read = ConfigurationLoader.Load("main", new TextInMemory("main", Encoding.UTF8.GetBytes(text)), new LoadOptions());
        Assert.True(read.CanRun);
        return read.Configuration;
    }
}
