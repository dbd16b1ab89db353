namespace KeepalivedAot.Config.Reference;

internal static partial class PreprocessorWords
{
    private const string Addresses = """
        $VIPS=\
            192.0.2.100/24 \
            192.0.2.101/24
        vrrp_instance NAME {
            virtual_ipaddress {
                $VIPS
            }
        }

        """;

    private const string Comments = """
        # one way
        global_defs {
            router_id r1    ! and the other
        }

        """;

    /// <summary>Lines that the loader accepts; a test sees to it.</summary>
    public static string? ExampleOf(string word) => word switch
    {
        "include" or "includer" or "includem" or "includew" or "includea" => $"{word} /etc/keepalived/conf.d/*.conf\n",
        "includeb" => "includeb /etc/keepalived/{vrrp,lvs}.conf\n",
        "@ID" => "vrrp_instance NAME {\n    @r1 priority 150\n    @r2 priority 100\n}\n",
        "@^ID" => "vrrp_instance NAME {\n    @^r1 nopreempt\n}\n",
        "$NAME=" or "$NAME" or "\\" => Addresses,
        "${NAME}" => "$NET=192.0.2\nvrrp_instance NAME {\n    virtual_ipaddress {\n        ${NET}.100/24\n    }\n}\n",
        "~SEQ" => InAddresses("~SEQ(i, 100, 103) 192.0.2.${i}/24"),
        "~SEQx" => InAddresses("~SEQx(i, 8, 12) 2001:db8::${i}/64"),
        "~LST" => InAddresses("~LST({net, host}, {192.0.2, 100}, {198.51.100, 7}) ${net}.${host}/24"),
        "${_PWD}" => "include ${_PWD}/conf.d/*.conf\n",
        "${_INSTANCE}" => "global_defs {\n    router_id \"${_INSTANCE}\"\n}\n",
        "${_RANDOM}" => "vrrp_instance NAME {\n    priority ${_RANDOM 100 150}\n}\n",
        "${_ENV}" => "global_defs {\n    router_id \"${_ENV HOSTNAME}\"\n}\n",
        "${_HASH}" => "global_defs {\n    router_id \"r${_HASH}1\"\n}\n",
        "${_BANG}" => "global_defs {\n    router_id \"r${_BANG}1\"\n}\n",
        "#" or "!" => Comments,
        _ => null,
    };

    private static string InAddresses(string line) => $"vrrp_instance NAME {{\n    virtual_ipaddress {{\n        {line}\n    }}\n}}\n";
}
