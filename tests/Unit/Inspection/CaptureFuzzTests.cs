using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Inspection;
using KeepalivedAot.Linux.Capture;
using KeepalivedAot.Tests.Unit.Vrrp;
using KeepalivedAot.Tests.Unit.Vrrp.Authentication;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Tests.Unit.Inspection;

/// <summary>Capture files come from anybody: damaged ones are read to their end, or to where it makes no sense, and never further.</summary>
public sealed class CaptureFuzzTests
{
    private const int Runs = 5_000;

    private static readonly byte[][] s_packets = MakePackets();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_file_ends_and_hurts_nobody(int seed)
    {
        Random random = new(seed);
        int reports = 0;
        for (int run = 0; run < Runs; run++)
        {
            byte[] file = Mutated(MakeFile(random), random);
            try
            {
                reports += Decode(file);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, run {run}: {e}\n{Convert.ToHexString(file)}");
            }
        }
        // Most of it is understood: the mutations reach deep.
        Assert.InRange(reports, Runs, long.MaxValue);
    }

    [Fact]
    public void Hostile_packets_hurt_no_spotter_and_take_bounded_memory()
    {
        Random random = new(4);
        VrrpSpotter spotter = new();
        for (int run = 0; run < 20_000; run++)
            spotter.OnPacket(Mutated([.. s_packets[random.Next(s_packets.Length)]], random), isOwn: false, default);
        Assert.InRange(spotter.Speakers.Count, 1, 2000);
        Assert.NotEmpty(ScanReport.ToText(spotter, "eth0", Duration.FromSeconds(5)));
        Assert.NotEmpty(ScanReport.ToJson(spotter, "eth0", Duration.FromSeconds(5)));
    }

    private static int Decode(byte[] file)
    {
        CaptureDecoder decoder = new(new MemoryStream(file), new VrrpJudge());
        int reports = 0;
        while (decoder.Next() is { } report)
        {
            Assert.NotEmpty(report.ToText());
            Assert.NotEmpty(report.ToJson());
            // Each frame takes some bytes of the file.
            Assert.True(++reports < file.Length);
        }
        return reports;
    }

    private static byte[] MakeFile(Random random)
    {
        CaptureFile file = new(random.Next(2) == 0);
        bool isNg = random.Next(2) == 0;
        LinkType link = random.Next(2) == 0 ? LinkType.Raw : LinkType.Ethernet;
        if (isNg)
        {
            file.Section();
            file.Interface(link, (byte)random.Next(256), random.NextInt64());
        }
        else
        {
            file.PcapHeader(link, random.Next(2) == 0);
        }
        for (int i = 0; i < 4; i++)
        {
            byte[] packet = s_packets[random.Next(s_packets.Length)];
            if (link == LinkType.Ethernet)
                packet = [.. new byte[12], (byte)(packet[0] >> 4 == 4 ? 0x08 : 0x86), (byte)(packet[0] >> 4 == 4 ? 0x00 : 0xDD), .. packet];
            if (isNg)
                file.Enhanced(packet, (ulong)random.NextInt64());
            else
                file.PcapFrame(packet, (uint)random.Next());
        }
        return file.Bytes;
    }

    private static byte[] Mutated(byte[] file, Random random)
    {
        for (int changes = random.Next(6); changes > 0; changes--)
        {
            int at = random.Next(file.Length);
            switch (random.Next(5))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = (byte)random.Next(256);
                    break;
                case 2:
                    file[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 3 when at > 0:
                    file = file[..at];
                    break;
                default:
                    file = [.. file[..at], .. file[random.Next(file.Length)..]];
                    break;
            }
            if (file.Length == 0)
                return [0x45];
        }
        return file;
    }

    private static byte[][] MakePackets()
    {
        IpAddress source = IpAddress.Parse("10.9.0.1");
        VrrpParameters v2 = new() { Name = "A", Vrid = new Vrid(51), VirtualAddresses = [IpAddress.Parse("10.9.0.100")] };
        VrrpParameters v3 = v2 with { Version = VrrpVersion.V3 };
        VrrpParameters six = v3 with { Family = AddressFamily.IPv6, VirtualAddresses = [IpAddress.Parse("fe80::51")] };
        byte[] message = Datagram.Of(six, IpAddress.Parse("fe80::1"), 100);
        byte[] header = new byte[40];
        (header[0], header[5], header[6], header[7]) = (0x60, (byte)message.Length, 112, 255);
        byte[] extended = [.. header, 60, 0, 1, 4, 0, 0, 0, 0, 112, 0, 1, 4, 0, 0, 0, 0, .. message];
        (extended[5], extended[6]) = ((byte)(message.Length + 16), 0);
        return
        [
            Datagram.Of(v2, source, 100), Datagram.Of(v3, source, 100), Signed.Header(v2, source, 100, 1), Signed.Trailer(v2, source, 100, 1),
            Signed.Trailer(v3, source, 100, 1), [.. header, .. message], extended,
        ];
    }
}
