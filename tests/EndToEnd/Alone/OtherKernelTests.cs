using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>VRFs and bonds, which this machine's kernel may lack.</summary>
public sealed class OtherKernelTests
{
    // await FILE PATTERN COUNT: until the pattern is there so often; say: a line of the result.
    private const string Functions = """
        await() { for i in $(seq 100); do [ "$(grep -c -E "$2" "$1")" -ge "$3" ] && return; sleep 0.1; done; echo "NOT SEEN: $2 ($3)"; cat "$1"; ip -d link; exit 1; }
        # The kernel's link watch looks once a second: until then a link that has a carrier may be told of as down.
        until_up() { for i in $(seq 100); do [ "$(cat "/sys/class/net/$1/operstate")" = up ] && return; sleep 0.1; done; echo "NOT UP: $1"; ip -d link; exit 1; }
        routes() { ip route show table "$1" proto keepalived | tr -d '\n'; echo; }
        export TMPDIR=/run
        ip link set lo up
        ip link add eth0 type veth peer name far0
        ip link set far0 up

        """;

    private static string Instance(string name, string extra = "") => $$"""
        vrrp_instance VI_1 {
            interface {{name}}
            virtual_router_id 51
            version 3
            priority 250
            advert_int 0.3
            virtual_ipaddress {
                10.9.0.100/24
            }
            {{extra}}
        }
        """;

    [Fact]
    public void Vrf_asBase_andAsTableOfARoute()
    {
        string output = Run("veth,vrf", Functions + $$"""
            cat > /run/k.conf <<'END'
            static_routes {
                10.87.0.0/16 via 10.9.0.254 dev eth0 vrf red
            }
            {{Instance("eth0", "virtual_routes {\n 10.80.0.0/16 via 10.9.0.254 dev eth0 vrf red\n}")}}
            END
            "$KA" -t -f /run/k.conf 2> /run/t; echo "test without VRF: $? $(grep -c KA0516 /run/t)"
            ip link add red type vrf table 100
            ip link set red up
            ip link set eth0 master red
            ip link set eth0 up
            ip address add 10.9.0.1/24 dev eth0
            sleep 1
            "$KA" -t -f /run/k.conf; echo "test: $?"
            "$KA" -n -l -D -f /run/k.conf > /run/log 2>&1 &
            await /run/log 'Entering MASTER' 1
            sleep 0.5
            echo "table 100: $(routes 100)"
            echo "main: $(routes main)"
            ip link set eth0 nomaster
            sleep 3
            echo "left: $(grep -c 'Entering MASTER' /run/log) $(ip address show dev eth0 | grep -c 10.9.0.100)"
            ip link set eth0 master red
            sleep 3
            echo "back: $(ip address show dev eth0 | grep -c 10.9.0.100) $(routes 100)"
            ip link del red
            sleep 3
            ip link add red type vrf table 200
            ip link set red up
            ip link set eth0 master red
            sleep 4
            echo "table 200: $(routes 200)"
            ip route del 10.80.0.0/16 table 200
            sleep 3
            echo "again: $(routes 200)"
            kill %1; wait %1; echo "stop: $? $(routes 200)$(routes 100)$(routes main)"
            cat /run/log
            """);
        string[] lines = output.Split('\n');
        Assert.Contains("test without VRF: 5 2", lines);
        Assert.Contains("test: 0", lines);
        Assert.Contains("table 100: 10.87.0.0/16 via 10.9.0.254 dev eth0 10.80.0.0/16 via 10.9.0.254 dev eth0 ", Ordered(lines, "table 100: "));
        Assert.Contains("main: ", lines);
        Assert.Matches("left: [12] 1", output);
        Assert.Matches(@"back: 1 .*10\.8.*10\.8", output);
        Assert.Matches(@"table 200: .*10\.8.*10\.8", output);
        Assert.Matches(@"again: .*10\.80", output);
        Assert.Contains("stop: 0 ", lines);
    }

    // Which of the two comes first is the kernel's business.
    private static string Ordered(string[] lines, string start)
    {
        string line = Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal));
        return line.Contains("10.87", StringComparison.Ordinal) && line.Contains("10.80", StringComparison.Ordinal)
            ? $"{start}10.87.0.0/16 via 10.9.0.254 dev eth0 10.80.0.0/16 via 10.9.0.254 dev eth0 " : line;
    }

    [Theory]
    [InlineData("KA")]
    [InlineData("STOCK")]
    public void Bond_asBase_goesWithItsLastSlave(string program)
    {
        string output = Run("veth,bonding", Functions + $$"""
            cat > /run/k.conf <<'END'
            {{Instance("bond0")}}
            END
            ip link add eth1 type veth peer name far1
            ip link set far1 up
            ip link add bond7 type bond mode active-backup miimon 50
            ip link set bond7 name bond0 2>/dev/null || { ip link del bond0; ip link set bond7 name bond0; }
            ip link set eth0 master bond0
            ip link set eth1 master bond0
            ip address add 10.9.0.1/24 dev bond0
            ip link set bond0 up
            until_up bond0
            "${{program}}" -n -l -D -f /run/k.conf > /run/log 2>&1 &
            await /run/log 'Entering MASTER' 1
            ip link set far0 down
            sleep 2
            echo "one slave: $(grep -c 'Entering FAULT' /run/log)"
            ip link set far1 down
            await /run/log 'Entering FAULT' 1
            ip link set far0 up
            await /run/log 'Entering MASTER' 2
            ip link set bond0 address 02:00:00:00:66:01
            sleep 1
            echo "another MAC: $(grep -c 'Entering FAULT' /run/log)"
            kill %1; wait %1
            echo "stop: $? $(ip address show dev bond0 | grep -c 10.9.0.100)"
            cat /run/log
            """);
        string[] lines = output.Split('\n');
        // With the whole log, where one is missing.
        Assert.All(["one slave: 0", "another MAC: 1", "stop: 0 0"], line => Assert.True(lines.Contains(line), $"not \"{line}\" in:\n{output}"));
    }

    private static string Run(string modules, string script)
    {
        Assert.SkipWhen(OtherKernel.Obstacle is not null, $"User Mode Linux does not run here: {OtherKernel.Obstacle}");
        return OtherKernel.Run(modules, script);
    }
}
