using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Inspection;
using KeepalivedAot.Linux.Capture;
using KeepalivedAot.Tests.Unit.Vrrp;
using KeepalivedAot.Tests.Unit.Vrrp.Authentication;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Inspection;

public sealed class CaptureDecoderTests
{
    private static readonly IpAddress s_source = IpAddress.Parse("10.9.0.1");
    private static readonly IpAddress s_peer = IpAddress.Parse("10.9.0.2");
    private static readonly IpAddress s_source6 = IpAddress.Parse("fe80::1");

    private static readonly VrrpParameters s_v2 = new() { Name = "VI_1", Vrid = new Vrid(51), VirtualAddresses = [IpAddress.Parse("10.9.0.100")] };

    private static readonly VrrpParameters s_v3 = s_v2 with { Version = VrrpVersion.V3, AdvertisementInterval = Duration.FromMilliseconds(500) };

    private static readonly VrrpParameters s_v3Over6 = s_v3 with { Family = AddressFamily.IPv6, VirtualAddresses = [IpAddress.Parse("fe80::51"), IpAddress.Parse("fd09::100")] };

    private static readonly ulong s_stamp = (ulong)CaptureFile.Seconds << 32;

    private static VrrpJudge JudgeOf(string configuration)
    {
        LoadResult read = ConfigurationLoader.Load("a.conf", new TextInMemory("a.conf", Encoding.UTF8.GetBytes(configuration)), new LoadOptions());
        Assert.True(read.CanRun);
        return new VrrpJudge(read.Configuration.VrrpInstances);
    }

    private static PacketReport[] Decode(byte[] file, VrrpJudge? judge = null)
    {
        CaptureDecoder decoder = new(new MemoryStream(file), judge ?? new VrrpJudge());
        List<PacketReport> reports = [];
        while (decoder.Next() is { } report)
            reports.Add(report);
        Assert.Equal(CaptureResult.End, decoder.End);
        Assert.Equal(reports.Count, decoder.PacketCount);
        Assert.Equal(reports.Count(static r => r.IsAccepted), decoder.AcceptedCount);
        return [.. reports];
    }

    private static PacketReport One(byte[] packet, VrrpJudge? judge = null) => Assert.Single(Decode(CaptureFile.Pcap(packet), judge));

    // The header that a packet over IPv6 has on the wire.
    private static byte[] Over6(byte[] message, byte hopLimit = 255, byte[]? extension = null, IpAddress? to = null)
    {
        extension ??= [];
        byte[] header = new byte[40];
        header[0] = 0x60;
        header[4] = (byte)((message.Length + extension.Length) >> 8);
        header[5] = (byte)(message.Length + extension.Length);
        header[6] = (byte)(extension.Length == 0 ? 112 : 60);
        header[7] = hopLimit;
        s_source6.CopyTo(header.AsSpan(8));
        (to ?? VrrpParameters.DefaultGroupIPv6).CopyTo(header.AsSpan(24));
        return [.. header, .. extension, .. message];
    }

    [Fact]
    public void Fields_of_version_2_are_told()
    {
        PacketReport report = One(Datagram.Of(s_v2, s_source, 100));
        Assert.True(report.IsAccepted);
        Sighting seen = report.Seen!;
        Assert.Equal((2, 51, 100, Duration.FromSeconds(1), 255), (seen.Version, seen.Vrid, seen.Priority, seen.Interval, seen.HopLimit));
        Assert.Equal([IpAddress.Parse("10.9.0.100")], seen.Addresses);
        Assert.Equal((SeenAuthentication.None, ChecksumOrigin.Standard), (seen.Authentication, seen.Checksum.Origin));
        Assert.Equal("""
            1  TIME  10.9.0.1 > 224.0.0.18
                VRRPv2 advertisement, VRID 51, priority 100, every 1 s, TTL 255
                addresses       10.9.0.100
                checksum        0x705d right
                authentication  none: whoever is on this network can take part
                verdict         accepted

            """, report.ToText().Replace(report.ToText().Split("  ")[1], "TIME", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_the_same()
    {
        PacketReport report = One(Datagram.Of(s_v3, s_source, 0, timeToLive: 64));
        byte[] line = report.ToJson();
        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal((1, 3, 51, 0, 500, 64), (json.GetProperty("frame").GetInt32(), json.GetProperty("version").GetInt32(), json.GetProperty("vrid").GetInt32(),
            json.GetProperty("priority").GetInt32(), json.GetProperty("interval_ms").GetInt32(), json.GetProperty("ttl").GetInt32()));
        Assert.Equal(("dropped", "ttl"), (json.GetProperty("verdict").GetString(), json.GetProperty("fault").GetString()));
        Assert.Equal("standard", json.GetProperty("checksum").GetProperty("origin").GetString());
        Assert.Equal(["10.9.0.100"], json.GetProperty("addresses").EnumerateArray().Select(static a => a.GetString()));
    }

    [Fact]
    public void Checksum_of_each_broken_kind_is_recognised()
    {
        VrrpParameters unicast = s_v3 with { UnicastPeers = [new UnicastPeer(s_peer)] };
        Expect(Datagram.Of(s_v3, s_source, 100), ChecksumOrigin.Standard, VrrpFault.None);
        Expect(Datagram.Of(s_v3 with { V3ChecksumAsV2 = true }, s_source, 100), ChecksumOrigin.MessageOnly, VrrpFault.Checksum);
        Expect(Datagram.Of(unicast, s_source, 100, destination: s_peer), ChecksumOrigin.Standard, VrrpFault.None);
        Expect(WithChecksum(Datagram.Of(unicast, s_source, 100, destination: s_peer), ChecksumForm.PseudoHeader, VrrpParameters.DefaultGroupIPv4),
            ChecksumOrigin.MulticastGroup, VrrpFault.Checksum);
        Expect(WithChecksum(Datagram.Of(s_v2, s_source, 100), ChecksumForm.PseudoHeader, VrrpParameters.DefaultGroupIPv4),
            ChecksumOrigin.PseudoHeader, VrrpFault.Checksum);
        byte[] wrong = Datagram.Of(s_v3, s_source, 100);
        wrong[26] ^= 0x55;
        Expect(wrong, ChecksumOrigin.Unknown, VrrpFault.Checksum);
        wrong[26] = wrong[27] = 0;
        Expect(wrong, ChecksumOrigin.Empty, VrrpFault.Checksum);
        Expect(Over6(Datagram.Of(s_v3Over6, s_source6, 100)), ChecksumOrigin.Standard, VrrpFault.None);

        static void Expect(byte[] packet, ChecksumOrigin origin, VrrpFault fault)
        {
            PacketReport report = One(packet);
            Assert.Equal((origin, fault), (report.Seen!.Checksum.Origin, report.Judgement.Fault));
        }

        static byte[] WithChecksum(byte[] packet, ChecksumForm form, IpAddress destination)
        {
            VrrpWriter.WriteChecksum(packet.AsSpan(20), form, s_source, destination);
            return packet;
        }
    }

    [Fact]
    public void Password_is_never_shown()
    {
        VrrpParameters sender = s_v2 with { Authentication = VrrpAuthentication.SimplePassword("geheim12"u8) };
        PacketReport report = One(Datagram.Of(sender, s_source, 100));
        Assert.True(report.IsAccepted);
        Assert.Contains("readable for everybody", report.ToText(), StringComparison.Ordinal);
        string all = report.ToText() + Encoding.UTF8.GetString(report.ToJson());
        Assert.DoesNotContain("geheim12", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString("geheim12"u8), all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Signed_packet_is_judged_without_its_key_and_verified_with_it()
    {
        byte[] header = Signed.Header(s_v2, s_source, 100, 7);
        PacketReport report = One(header);
        Assert.Equal((VrrpFault.None, SeenAuthentication.Header, 7u, false), (report.Judgement.Fault, report.Seen!.Authentication, report.Seen.Sequence, report.Judgement.IsVerified));
        Assert.Contains("not verified", report.ToText(), StringComparison.Ordinal);
        VrrpJudge judge = JudgeOf(Instance("authentication {\nauth_type AH\nauth_pass secret\n}\n"));
        report = One(header, judge);
        Assert.Equal((VrrpFault.None, "VI_1", true), (report.Judgement.Fault, report.Judgement.Instance, report.Judgement.IsVerified));
        Assert.Equal(VrrpFault.HeaderSequence, One(header, judge).Judgement.Fault);
        judge = JudgeOf(Instance("authentication {\nauth_type AH\nauth_pass other\n}\n"));
        Assert.Equal(VrrpFault.HeaderCheckValue, One(header, judge).Judgement.Fault);
    }

    [Fact]
    public void Trailer_is_judged_without_its_key_and_verified_with_it()
    {
        string key = Encoding.ASCII.GetString(Signed.Key1);
        foreach ((VrrpParameters sender, IpAddress source) in (ReadOnlySpan<(VrrpParameters, IpAddress)>)[(s_v2, s_source), (s_v3, s_source), (s_v3Over6, s_source6)])
        {
            byte[] packet = Signed.Trailer(sender, source, 100, s_stamp);
            if (sender.Family == AddressFamily.IPv6)
                packet = Over6(packet);
            PacketReport report = One(packet);
            Assert.Equal((VrrpFault.None, SeenAuthentication.Trailer, ChecksumOrigin.Standard, false),
                (report.Judgement.Fault, report.Seen!.Authentication, report.Seen.Checksum.Origin, report.Judgement.IsVerified));
            // Also what is wrong in another way is seen.
            byte[] wrong = [.. packet];
            wrong[sender.Family == AddressFamily.IPv6 ? 46 : 26] ^= 1;
            Assert.Equal(VrrpFault.Checksum, One(wrong).Judgement.Fault);

            string text = Instance($"version {(int)sender.Version}\nadvert_int {(sender.Version == VrrpVersion.V3 ? "0.5" : "1")}\n"
                + $"auth_hmac {{\nkey 1 {key}\nactive_key 1\n}}\n", sender);
            report = One(packet, JudgeOf(text));
            Assert.Equal((VrrpFault.None, true), (report.Judgement.Fault, report.Judgement.IsVerified));
            Assert.Empty(report.Judgement.Remarks);
            Assert.Equal(VrrpFault.TrailerCode, One(packet, JudgeOf(text.Replace(key, new string('x', 32), StringComparison.Ordinal))).Judgement.Fault);
        }
    }

    [Fact]
    public void Configuration_judges_by_the_instance_of_the_VRID()
    {
        VrrpJudge judge = JudgeOf(Instance("advert_int 2\n"));
        PacketReport report = One(Datagram.Of(s_v2, s_source, 100), judge);
        Assert.Equal((VrrpFault.AdvertisementInterval, "VI_1"), (report.Judgement.Fault, report.Judgement.Instance));
        report = One(Datagram.Of(s_v2 with { Vrid = new Vrid(9) }, s_source, 100), judge);
        Assert.Null(report.Judgement.Instance);
        Assert.Equal(["the configuration has no instance with VRID 9 for IPv4"], report.Judgement.Remarks);
        report = One(Datagram.Of(s_v2 with { VirtualAddresses = [IpAddress.Parse("10.9.0.7"), s_peer] }, s_source, 100), JudgeOf(Instance("")));
        Assert.True(report.IsAccepted);
        Assert.Equal(["it lists 2 addresses, and the configuration 1", "it does not list 10.9.0.100"], report.Judgement.Remarks);
        VrrpJudge password = JudgeOf(Instance("authentication {\nauth_type PASS\nauth_pass right\n}\n"));
        Assert.Equal(VrrpFault.Password, One(Datagram.Of(s_v2 with { Authentication = VrrpAuthentication.SimplePassword("wrong"u8) }, s_source, 100), password).Judgement.Fault);
        Assert.Contains("it is that of VI_1", One(Datagram.Of(s_v2 with { Authentication = VrrpAuthentication.SimplePassword("right"u8) }, s_source, 100), password).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_of_each_kind_are_understood_and_padding_is_none_of_the_packet()
    {
        byte[] ip = Datagram.Of(s_v2, s_source, 100);
        byte[] mac = new byte[12];
        (LinkType Link, byte[] Frame, int Vlan)[] frames =
        [
            (LinkType.Ethernet, [.. mac, 8, 0, .. ip, .. new byte[6]], 0),
            (LinkType.Ethernet, [.. mac, 0x81, 0, 0x20, 0x07, 8, 0, .. ip], 7),
            (LinkType.Ethernet, [.. mac, 0x88, 0xA8, 0, 9, 0x81, 0, 0, 7, 8, 0, .. ip], 9),
            (LinkType.LinuxCooked, [.. new byte[14], 8, 0, .. ip], 0),
            (LinkType.LinuxCooked2, [8, 0, .. new byte[18], .. ip], 0),
            (LinkType.Null, [2, 0, 0, 0, .. ip], 0),
            (LinkType.Raw, ip, 0),
        ];
        foreach ((LinkType link, byte[] frame, int vlan) in frames)
        {
            PacketReport report = Assert.Single(Decode(CaptureFile.Pcap(link, frame)));
            Assert.Equal((true, vlan), (report.IsAccepted, report.Vlan));
        }
        Assert.Empty(Decode(CaptureFile.Pcap((LinkType)147, ip)));
    }

    [Fact]
    public void Packet_that_no_router_would_get_is_not_judged()
    {
        byte[] ip = Datagram.Of(s_v2, s_source, 100);
        byte[] fragment = [.. ip];
        fragment[6] = 0x20;
        Assert.Contains("part of a packet", One(fragment).NotJudged, StringComparison.Ordinal);
        CaptureFile cut = new();
        cut.PcapHeader(LinkType.Raw);
        cut.PcapFrame(ip, cut: 4);
        Assert.Contains("not recorded", Assert.Single(Decode(cut.Bytes)).NotJudged, StringComparison.Ordinal);
        Assert.Contains("shorter than its IP header", One(ip[..^4]).NotJudged, StringComparison.Ordinal);
        byte[] tiny = [.. ip[..20], 0x21];
        tiny[3] = 21;
        Assert.Contains("too short", One(tiny).NotJudged, StringComparison.Ordinal);
        Assert.True(One(Over6(Datagram.Of(s_v3Over6, s_source6, 100), extension: [112, 0, 1, 4, 0, 0, 0, 0])).IsAccepted);
        Assert.Contains("over IPv6", One(Behind(51)).NotJudged, StringComparison.Ordinal);

        static byte[] Behind(byte next)
        {
            byte[] packet = Over6(Datagram.Of(s_v3Over6, s_source6, 100), extension: [112, 4, .. new byte[22]]);
            packet[6] = next;
            return packet;
        }
    }

    [Theory]
    [InlineData(0, 0x41, VrrpFault.Version)]
    [InlineData(0, 0x22, VrrpFault.Type)]
    [InlineData(3, 9, VrrpFault.TooShort)]
    [InlineData(4, 7, VrrpFault.InvalidAuthenticationType)]
    [InlineData(4, 2, VrrpFault.MissingAuthenticationHeader)]
    public void Fault_is_that_of_the_daemon(int offset, byte value, VrrpFault fault)
    {
        byte[] ip = Datagram.Of(s_v2, s_source, 100);
        ip[20 + offset] = value;
        PacketReport report = One(ip);
        Assert.Equal(fault, report.Judgement.Fault);
        Assert.Contains("dropped: ", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_packet_has_a_name_and_an_explanation()
    {
        VrrpFault[] faults = [.. Enum.GetValues<VrrpFault>().Where(static f => f is > VrrpFault.None and < VrrpFault.AddressOwner and not VrrpFault.TrailerMissingAllowed)];
        Assert.Equal(faults.Length, faults.Select(FaultText.NameOf).Distinct().Count());
        Assert.All(faults, static f => Assert.NotEqual("other", FaultText.NameOf(f)));
        Assert.All(faults, static f => Assert.NotEmpty(FaultText.Explain(f, default)));
    }

    private static string Instance(string lines, VrrpParameters? like = null)
    {
        like ??= s_v2;
        string addresses = string.Join('\n', like.VirtualAddresses.Select(static a => a.ToString()));
        return $"vrrp_instance VI_1 {{\ninterface eth0\nvirtual_router_id 51\n{lines}virtual_ipaddress {{\n{addresses}\n}}\n}}\n";
    }
}
