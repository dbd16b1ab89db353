using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>A sync group G of two instances: VI_1 on eth0 with 10.9.0.100, VI_2 on eth1 with 10.19.0.100.</summary>
internal sealed record GroupConfiguration
{
    public const string SecondInterface = "eth1";
    public const string SecondAddress = "10.19.0.100";
    public const int SecondSubnet = 19;

    public int Priority { get; init; } = 100;

    /// <summary>That of VI_2, where it is another one.</summary>
    public int? SecondPriority { get; init; }

    public double AdvertSeconds { get; init; } = 0.2;

    /// <summary>More lines of the group.</summary>
    public string GroupLines { get; init; } = "";

    /// <summary>More lines of VI_1.</summary>
    public string FirstLines { get; init; } = "";

    /// <summary>More lines of VI_2.</summary>
    public string SecondLines { get; init; } = "";

    /// <summary>More blocks.</summary>
    public string Blocks { get; init; } = "";

    public bool HasGroup { get; init; } = true;

    public string Members { get; init; } = "VI_1\nVI_2";

    public TimeSpan ActiveDownInterval => TimeSpan.FromSeconds(AdvertSeconds * (3 + (256 - Priority) / 256.0));

    public override string ToString() => $$"""
        global_defs {
            vrrp_version 3
        }

        {{Blocks}}
        {{(HasGroup ? Group : "")}}
        {{Instance("VI_1", "eth0", 51, VrrpConfiguration.DefaultAddress, Priority, FirstLines)}}
        {{Instance("VI_2", SecondInterface, 52, SecondAddress, SecondPriority ?? Priority, SecondLines)}}
        """;

    public static implicit operator string(GroupConfiguration configuration) => configuration.ToString();

    private string Group => $$"""
        vrrp_sync_group G {
            group {
                {{Members}}
            }
            {{GroupLines}}
        }
        """;

    private string Instance(string name, string interfaceName, int vrid, string address, int priority, string lines) => string.Create(CultureInfo.InvariantCulture, $$"""
        vrrp_instance {{name}} {
            interface {{interfaceName}}
            virtual_router_id {{vrid}}
            priority {{priority}}
            advert_int {{AdvertSeconds}}
            {{lines}}
            virtual_ipaddress {
                {{address}}
            }
        }

        """);
}
