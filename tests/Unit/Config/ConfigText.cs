using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>Loads configurations from strings.</summary>
internal static class ConfigText
{
    public const string Path = "keepalived.conf";

    /// <summary>A file with one of nearly everything and without a mistake.</summary>
    public const string Valid = """
        # The first router.
        global_defs {
            router_id m1
            vrrp_version 3
            vrrp_garp_master_repeat 3   ! fewer than usual
        }

        vrrp_instance VI_1 {
            state BACKUP
            interface eth0
            virtual_router_id 51
            priority 150
            advert_int 0.5
            preempt_delay 2.5
            track_interface {
                eth1 weight 10
            }
            virtual_ipaddress {
                192.0.2.100/24 dev eth0 label eth0:1 brd +
                192.0.2.101/24
            }
            virtual_ipaddress_excluded {
                2001:db8::1/64 -nodad
            }
        }

        vrrp_instance VI_2 {
            interface eth1
            virtual_router_id 52
            version 2
            authentication {
                auth_type PASS
                auth_pass hunter2
            }
            unicast_peer {
                198.51.100.2 min_ttl 255
                198.51.100.3
            }
            virtual_ipaddress { 198.51.100.100/24 }
        }

        """;

    public static LoadResult Load(string text, bool isConfigTest = true) => Load(Encoding.UTF8.GetBytes(text), isConfigTest);

    public static LoadResult Load(string text, LoadOptions options) => ConfigurationLoader.Load(Path, new MemoryFiles(Encoding.UTF8.GetBytes(text)), options);

    public static LoadResult Load(byte[] content, bool isConfigTest = true)
        => ConfigurationLoader.Load(Path, new MemoryFiles(content), isConfigTest);

    /// <summary>The one instance of a file, whose body is given; interface, VRID and address are there already.</summary>
    public static VrrpInstanceBlock Instance(string body, string globals = "", string addresses = "192.0.2.100/24")
        => Assert.Single(Load(File(body, globals, addresses)).Configuration.VrrpInstances);

    public static string File(string body, string globals = "", string addresses = "192.0.2.100/24")
        => $"global_defs {{\n{globals}\n}}\nvrrp_instance A {{\ninterface eth0\nvirtual_router_id 51\n{body}\n"
            + (addresses.Length == 0 ? "" : $"virtual_ipaddress {{\n{addresses}\n}}\n") + "}\n";

    public static string[] Codes(LoadResult result) => [.. result.Diagnostics.Select(static d => d.Code)];

    public static string Render(LoadResult result) => new DiagnosticRenderer(result.Sources).Render(result.Diagnostics);

    internal sealed class MemoryFiles(byte[]? content) : IConfigFiles
    {
        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? problem)
        {
            bytes = content;
            problem = content is null ? "No such file or directory" : null;
            return content is not null;
        }
    }
}
