namespace KeepalivedAot.Tests.Unit.Config.Keywords;

/// <summary>A correct file around the lines of a row: § is where they go.</summary>
internal static class KeywordContext
{
    private const string Defined = """
        vrrp_script s {
            script "/bin/true"
        }
        track_file f {
            file /tmp/f
        }
        vrrp_track_process p {
            process sshd
        }
        bfd_instance b {
            neighbor_ip 192.0.2.88
        }
        track_group tg {
            group {
                I
            }
        }
        vrrp_instance I {
            interface eth0
            virtual_router_id 1
            priority 90
            virtual_ipaddress {
                192.0.2.1/24
            }
            track_script {
                s
            }
            track_process {
                p
            }
        }
        vrrp_instance I2 {
            interface eth0
            virtual_router_id 2
            virtual_ipaddress {
                192.0.2.2/24
            }
        }
        vrrp_instance I3 {
            interface eth0
            virtual_router_id 3
            virtual_ipaddress {
                192.0.2.6/24
            }
        }
        virtual_server_group g {
            192.0.2.3 80
        }

        """;

    private const string Instance = """
        vrrp_instance T {
            interface eth0
            virtual_router_id 51
            virtual_ipaddress {
                192.0.2.5/24
            }
            §
        }
        """;

    private const string VirtualServer = """
        virtual_server 192.0.2.4 80 {
            lvs_sched rr
            lvs_method NAT
            protocol TCP
            §
            real_server 192.0.2.101 80 {
                weight 1
            }
        }
        """;

    private static readonly string[] Checkers =
        ["MISC_CHECK", "SMTP_CHECK", "TCP_CHECK", "PING_CHECK", "UDP_CHECK", "HTTP_GET", "SSL_GET", "DNS_CHECK", "FILE_CHECK", "BFD_CHECK"];

    /// <summary>The file for a block of the keyword table; null when the block is not known here.</summary>
    public static string? For(string block)
    {
        string? own = Own(block);
        return own is null ? null : Defined + own;
    }

    private static string? Own(string block)
    {
        if (block is "(root)" or "virtual_server/<args>")
            return "§";
        if (block.EndsWith("/<args>", StringComparison.Ordinal))
            return Own(block[..block[..^"/<args>".Length].LastIndexOf('/')]);
        if (block.EndsWith("/<line>", StringComparison.Ordinal))
        {
            string lines = block[..^"/<line>".Length];
            int slash = lines.LastIndexOf('/');
            string inner = $"{lines[(slash + 1)..]}{(lines == "virtual_server_group" ? " g9" : "")} {{\n§\n}}";
            return slash < 0 ? inner : Own(lines[..slash])?.Replace("§", inner, StringComparison.Ordinal);
        }
        if (block.StartsWith("<route>/", StringComparison.Ordinal))
            return Own("static_routes/<line>");
        string[] path = block.Split('/');
        switch (path[0])
        {
            case "vrrp_instance":
                return path.Length == 1 ? Instance : Inside(Instance, path[1], Filler(path[1]));
            case "vrrp_sync_group":
                return "vrrp_sync_group G {\n    sync_group_tracking_weight\n    group {\n        I2\n        I3\n    }\n    §\n}";
            case "virtual_server":
                return VirtualServerPath(path);
            case "global_defs" or "SSL":
                return $"{path[0]} {{\n    §\n}}";
            case "garp_group":
                return "garp_group {\n    garp_interval 0.25\n    interface eth7\n    §\n}";
            case "track_group":
                return "track_group T {\n    §\n}";
            case "track_file" or "vrrp_track_file":
                return $"{path[0]} T {{\n    file /tmp/t\n    §\n}}";
            case "vrrp_script":
                return Instance.Replace("§", "track_script {\n        T\n    }", StringComparison.Ordinal)
                    .Insert(0, "vrrp_script T {\n    script \"/bin/t\"\n    §\n}\n");
            case "vrrp_track_process":
                return Instance.Replace("§", "track_process {\n        T\n    }", StringComparison.Ordinal)
                    .Insert(0, "vrrp_track_process T {\n    process t\n    §\n}\n");
            case "bfd_instance":
                return "bfd_instance T {\n    neighbor_ip 192.0.2.89\n    §\n}";
            default:
                return null;
        }
    }

    private static string? VirtualServerPath(string[] path)
    {
        if (path.Length == 1)
            return VirtualServer;
        string realServer = VirtualServer.Replace("§", "real_server 192.0.2.100 80 {\n§\n}", StringComparison.Ordinal);
        if (path.Length == 2)
            return realServer;
        if (!Checkers.Contains(path[2]))
            return null;
        string checker = Inside(realServer, path[2], Filler(path[2]));
        return path.Length == 3 ? checker : Inside(checker, path[3], Filler(path[3]));
    }

    private static string Inside(string outer, string block, string filler)
        => outer.Replace("§", $"{block} {{\n{filler}    §\n}}", StringComparison.Ordinal);

    // What the block cannot do without.
    private static string Filler(string block) => block switch
    {
        "MISC_CHECK" => "    misc_path /bin/m\n",
        "FILE_CHECK" => "    track_file f\n",
        "BFD_CHECK" => "    name b\n",
        "HTTP_GET" or "SSL_GET" => "    url {\n        path /u\n    }\n",
        "url" => "    path /\n",
        "authentication" => "    auth_type PASS\n    auth_pass geheim\n",
        "auth_hmac" => "    key 1 0123456789abcdef0123456789abcdef\n    active_key 1\n",
        _ => "",
    };
}
