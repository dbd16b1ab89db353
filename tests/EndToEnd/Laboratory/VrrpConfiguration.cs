using System.Globalization;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>A keepalived.conf with one vrrp_instance, and the times that follow from it (RFC 9568, 6.1).</summary>
public sealed record VrrpConfiguration
{
    public const string DefaultAddress = "10.9.0.100";

    public int Version { get; init; } = 3;

    public int Priority { get; init; } = 100;

    /// <summary>0.2 s: short enough to keep the tests quick, long enough for a busy machine.</summary>
    public double AdvertSeconds { get; init; } = 0.2;

    public string Name { get; init; } = "VI_1";

    public byte Vrid { get; init; } = 51;

    /// <summary>Lines of virtual_ipaddress.</summary>
    public string[] Addresses { get; init; } = [DefaultAddress];

    /// <summary>More lines of global_defs.</summary>
    public string Globals { get; init; } = "";

    /// <summary>More lines of the vrrp_instance.</summary>
    public string Extra { get; init; } = "";

    public TimeSpan AdvertInterval => TimeSpan.FromSeconds(AdvertSeconds);

    /// <summary>v2 counts its skew in seconds, v3 in advertisement intervals.</summary>
    public TimeSpan SkewTime => (256 - Priority) * (Version == 2 ? TimeSpan.FromSeconds(1) : AdvertInterval) / 256;

    public TimeSpan ActiveDownInterval => 3 * AdvertInterval + SkewTime;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $$"""
        global_defs {
            vrrp_version {{Version}}
            {{Globals}}
        }

        vrrp_instance {{Name}} {
            interface eth0
            virtual_router_id {{Vrid}}
            priority {{Priority}}
            advert_int {{AdvertSeconds}}
            {{Extra}}
            virtual_ipaddress {
                {{string.Join("\n        ", Addresses)}}
            }
        }

        """);

    public static implicit operator string(VrrpConfiguration configuration) => configuration.ToString();
}
