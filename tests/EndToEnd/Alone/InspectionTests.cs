using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>scan</c> and <c>decode</c> on what stock keepalived and we send.</summary>
public sealed class InspectionTests
{
    // What each version, family and authentication sends; keepalived 2.2.7 has all of them.
    private const string All = """
        vrrp_instance PASS {
            interface eth0
            virtual_router_id 51
            authentication {
                auth_type PASS
                auth_pass geheim12
            }
            virtual_ipaddress {
                10.9.0.100
            }
        }
        vrrp_instance V3 {
            version 3
            interface eth0
            virtual_router_id 52
            advert_int 0.5
            priority 150
            virtual_ipaddress {
                10.9.0.101
                10.9.0.102
            }
        }
        vrrp_instance V6 {
            version 3
            interface eth0
            virtual_router_id 51
            virtual_ipaddress {
                fe80::51
            }
        }
        vrrp_instance AH {
            interface eth0
            virtual_router_id 54
            authentication {
                auth_type AH
                auth_pass secret
            }
            virtual_ipaddress {
                10.9.0.103
            }
        }
        vrrp_instance UNICAST {
            version 3
            interface eth0
            virtual_router_id 55
            unicast_peer {
                10.9.0.2
            }
            virtual_ipaddress {
                10.9.0.104
            }
        }

        """;

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void Scan_hearsEachKindOfRouter(Implementation implementation)
    {
        using Lab lab = new();
        lab.A.Start(implementation, All);
        lab.A.Daemon.WaitForLog(@"\(AH\) Entering MASTER STATE", TimeSpan.FromSeconds(10));
        CommandResult result = lab.B.Run(Implementation.Ours, "scan", "eth0", "--for", "3s", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement seen = JsonDocument.Parse(result.Output).RootElement;
        string[] routers = [.. seen.GetProperty("routers").EnumerateArray().Select(static one => string.Join(' ',
            one.GetProperty("vrid"), one.GetProperty("family"), one.GetProperty("version"), one.GetProperty("source"), one.GetProperty("priority"),
            one.GetProperty("interval_ms"), one.GetProperty("authentication"), string.Join(',', one.GetProperty("addresses").EnumerateArray())))];
        Assert.Equal(
        [
            $"51 IPv4 2 {lab.A.Address} 100 1000 PASS 10.9.0.100",
            $"52 IPv4 3 {lab.A.Address} 150 500 none 10.9.0.101,10.9.0.102",
            $"54 IPv4 2 {lab.A.Address} 100 1000 AH 10.9.0.103",
            $"55 IPv4 3 {lab.A.Address} 100 1000 none 10.9.0.104",
            $"51 IPv6 3 {lab.A.LinkLocal} 100 1000 none fe80::51",
        ], routers);
        Assert.All(seen.GetProperty("routers").EnumerateArray(), static one => Assert.Equal(0, one.GetProperty("problems").GetArrayLength()));
        Assert.Equal("[[1,50],[53,53],[56,255]]", seen.GetProperty("free_vrids").GetProperty("ipv4").GetRawText());

        result = lab.A.Run(Implementation.Ours, "scan", "eth0", "--for", "1200ms");
        Assert.Contains($"{lab.A.Address} (this host)", result.Output, StringComparison.Ordinal);
        Assert.Contains("readable for everybody", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_tellsWhatIsWrong()
    {
        using Lab lab = new();
        Thread sender = new(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                lab.Sender.Send(new CraftedAdvert { TimeToLive = 64 });
                lab.Sender.Send(new CraftedAdvert { Vrid = 60, ChecksumAsVersion2 = true });
                lab.Sender.Send(new CraftedAdvert { Vrid = 61 });
                lab.Sender.Send(new CraftedAdvert { Vrid = 61, Source = System.Net.IPAddress.Parse("10.9.0.251") });
                Thread.Sleep(100);
            }
        });
        sender.Start();
        CommandResult result = lab.B.Run(Implementation.Ours, "scan", "eth0", "--for", "1500ms");
        sender.Join();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("! TTL or hop limit is 64 and must be 255", result.Output, StringComparison.Ordinal);
        Assert.Contains("made without the pseudo header: v3_checksum_as_v2", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.Output.Split("! more than one master for this VRID").Length - 1);
    }

    [Theory]
    [InlineData(1, "", "scan", "eth0", "--for", "200ms")]
    [InlineData(2, "there is no interface 'nowhere'", "scan", "nowhere")]
    [InlineData(2, "is no time", "scan", "eth0", "--for", "soon")]
    [InlineData(2, "", "scan")]
    public void Scan_exitStatusSaysWhatBecameOfIt(int expected, string error, params string[] words)
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, words);
        Assert.Equal(expected, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_withoutCapability_saysWhichOne()
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.RunCommand(
            "setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", Binaries.PathOf(Implementation.Ours), "scan", "eth0");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("CAP_NET_RAW", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_interrupted_printsWhatWasHeard()
    {
        using Lab lab = new(routers: 2);
        lab.A.Start(Implementation.Ours, new VrrpConfiguration());
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        CommandResult result = lab.B.RunCommand("timeout", "--preserve-status", "-s", "INT", "1", Binaries.PathOf(Implementation.Ours), "scan", "eth0", "--for", "1h");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{lab.A.Address}", result.Output, StringComparison.Ordinal);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void Decode_acceptsWhatEachKindOfRouterSends(Implementation implementation)
    {
        using Lab lab = new();
        using Observer own = lab.A.Watch();
        lab.A.Start(implementation, All);
        lab.A.Daemon.WaitForLog(@"\(AH\) Entering MASTER STATE", TimeSpan.FromSeconds(10));
        Thread.Sleep(2500);
        byte[][] frames = [.. own.Adverts.Snapshot().Select(static advert => advert.Frame)];
        string file = WriteCapture(lab, frames);

        JsonElement[] packets = Decode(lab, 0, file);
        Assert.Equal(frames.Length, packets.Length);
        Assert.All(packets, static packet => Assert.Equal("accepted", packet.GetProperty("verdict").GetString()));
        Assert.All(packets, static packet => Assert.Equal("standard", packet.GetProperty("checksum").GetProperty("origin").GetString()));
        packets = Decode(lab, 0, file, "--conf", lab.A.ConfigurationFile);
        Assert.Equal(["AH", "PASS", "UNICAST", "V3", "V6"], packets.Select(static packet => packet.GetProperty("instance").GetString()).Distinct().Order());
        Assert.All(packets, static packet => Assert.Equal(0, packet.GetProperty("remarks").GetArrayLength()));
        Assert.All(
            packets.Where(static packet => packet.GetProperty("instance").GetString() == "AH"),
            static packet => Assert.True(packet.GetProperty("authentication").GetProperty("verified").GetBoolean()));

        // Played again, AH and none of the others are found out; another password is, too.
        packets = Decode(lab, 1, WriteCapture(lab, [.. frames, .. frames]), "--conf", lab.A.ConfigurationFile);
        Assert.Equal(["ah-sequence"], Faults(packets));
        string other = Path.Combine(lab.Scratch, "other.conf");
        File.WriteAllText(other, All.Replace("geheim12", "another1", StringComparison.Ordinal).Replace("secret", "public", StringComparison.Ordinal));
        Assert.Equal(["ah-check-value", "password"], Faults(Decode(lab, 1, file, "--conf", other)));
        CommandResult text = lab.B.Run(Implementation.Ours, "decode", file, "--conf", other);
        Assert.DoesNotContain("geheim", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("another1", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ofAPipeWritesAsItComes()
    {
        using Lab lab = new(routers: 1);
        string file = WriteCapture(lab, []);
        CommandResult result = lab.A.RunCommand("bash", "-c", $"cat {file} | {Binaries.PathOf(Implementation.Ours)} decode");
        Assert.Equal((1, "0 frames, 0 of VRRP: 0 accepted, 0 not\n"), (result.ExitCode, result.Output));
        result = lab.A.Run(Implementation.Ours, "decode", "/nowhere.pcap");
        Assert.Equal((2, "decode: open /nowhere.pcap: No such file or directory\n"), (result.ExitCode, result.Error));
        result = lab.A.Run(Implementation.Ours, "decode", "/proc/self/maps");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("this is no capture file", result.Error, StringComparison.Ordinal);
    }

    private static string[] Faults(IEnumerable<JsonElement> packets)
        => [.. packets.Where(static packet => packet.GetProperty("verdict").GetString() == "dropped").Select(static packet => packet.GetProperty("fault").GetString()!).Distinct().Order()];

    private static JsonElement[] Decode(Lab lab, int expected, params string[] arguments)
    {
        CommandResult result = lab.B.Run(Implementation.Ours, ["decode", "--json", .. arguments]);
        Assert.True(result.ExitCode == expected, $"{result.ExitCode}\n{result.Error}{result.Output}");
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
    }

    // pcap, microseconds, Ethernet.
    private static string WriteCapture(Lab lab, byte[][] frames)
    {
        string path = Path.Combine(lab.Scratch, "a.pcap");
        using BinaryWriter file = new(File.Create(path));
        foreach (uint number in (uint[])[0xA1B2C3D4, 0x00040002, 0, 0, 65535, 1])
            file.Write(number);
        uint seconds = (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (byte[] frame in frames)
        {
            foreach (uint number in (uint[])[seconds, 0, (uint)frame.Length, (uint)frame.Length])
                file.Write(number);
            file.Write(frame);
        }
        return path;
    }
}
