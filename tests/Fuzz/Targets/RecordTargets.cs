using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Roles;
using KeepalivedAot.Simulation.Replay;

namespace KeepalivedAot.Tests.Fuzz.Targets;

/// <summary>Files of our own that an earlier run has left: a power cut, another version or somebody's editor may have changed them.</summary>
internal static class RecordTargets
{
    private const string BootId = "0f0e0d0c-0b0a-0908-0706-050403020100";

    public static IEnumerable<FuzzTarget> All =>
    [
        new("journal", "a line of the journal, as people are shown it", Journal, JournalSeeds),
        new("kernel-record", "the record of what we put into the kernel, written again", Kernel, KernelSeeds),
        new("recording", "what --record has written, replayed", Recording, RecordingSeeds),
        new("role-record", "the record of roles", Roles, RoleSeeds),
    ];

    private static void Journal(byte[] input)
    {
        if (JournalReader.TryParse(input) is not { } e)
            return;
        Promise.IsPrintable(EventText.Line(e));
        _ = EventText.Concerns(e, "VI_1");
        foreach (string line in WhyText.LinesOfPast("VI_1", [e], 1_795_371_943_000_000))
            Promise.IsPrintable(line);
        foreach (string line in WhyText.Lines(e, [e], 1_795_371_943_000_000))
            Promise.IsPrintable(line);
    }

    private static IEnumerable<byte[]> JournalSeeds()
    {
        yield return "{\"unix_us\":1795371943000000,\"seq\":7,\"event\":\"transition\",\"instance\":\"VI_1\",\"from\":\"BACKUP\",\"to\":\"MASTER\",\"priority\":100,\"reason\":\"nothing was heard\"}"u8.ToArray();
        yield return "{\"unix_us\":1795371943000000,\"seq\":8,\"event\":\"tracked\",\"kind\":\"script\",\"name\":\"chk\",\"good\":false}"u8.ToArray();
        yield return "{\"unix_us\":1795371943000000,\"seq\":9,\"event\":\"standstill\",\"what\":\"2 s\"}"u8.ToArray();
    }

    private static void Kernel(byte[] input)
    {
        KernelRecord.Content content = KernelRecord.Read(input);
        _ = KernelRecord.IsKnown(input);
        foreach (KernelRecord.Setting setting in content.Settings)
            Promise.Require(setting.Name.StartsWith("net/", StringComparison.Ordinal) && !setting.Name.Contains("..", StringComparison.Ordinal), "a setting is one of the network's");
        byte[] again = [.. KernelRecord.Write(content).Written];
        KernelRecord.Content read = KernelRecord.Read(again);
        Promise.SameBytes(again, KernelRecord.Write(read).Written, "a record is written so that it is read as the same");
        _ = RecordedLines.Parse(content.Routes, content.Rules);
    }

    private static IEnumerable<byte[]> KernelSeeds()
    {
        yield return Encoding.ASCII.GetBytes(
            $"{KernelRecord.Header}\naddress eth0 192.0.2.1/24\naddress eth0 fe80::1/64\nroute 198.51.100.0/24 dev eth0\nrule from 192.0.2.0/24 table 10\n" +
            "link vrrp.51 eth0 00:00:5e:00:01:33\nlink ipv.1 eth0\nsetting net/ipv4/conf/eth0/arp_ignore 0 1\ntable ip keepalived\ntable ip6 keepalived\n");
    }

    // Whatever is in it: a place, or a run.
    private static void Recording(byte[] input)
    {
        try
        {
            new Replayer(new RecordReader(new MemoryStream(input)), static _ => { }).Run();
        }
        catch (RecordException e)
        {
            Promise.Require(e.Line >= 1 && e.Line <= input.AsSpan().Count((byte)'\n') + 1, $"line {e.Line} is one of the file");
            Promise.Require(e.Message.Length > 0, "it says what is wrong");
        }
        catch (DepartureException e)
        {
            Promise.Require(e.Line >= 1 && e.Line <= input.AsSpan().Count((byte)'\n') + 1, $"line {e.Line} is one of the file");
        }
    }

    // The beginning of each of those that are kept: a start.
    private static IEnumerable<byte[]> RecordingSeeds()
    {
        const int Beginning = 8192;
        foreach (string path in Repository.Files("tests/Conformance/Recordings", "*.rec"))
        {
            byte[] whole = File.ReadAllBytes(path);
            yield return whole.Length <= Beginning ? whole : whole[..(whole.AsSpan(0, Beginning).LastIndexOf((byte)'\n') + 1)];
        }
    }

    private static void Roles(byte[] input)
    {
        foreach ((RoleRecord.Key key, RoleRecord.Role role) in RoleRecord.Read(input, BootId))
        {
            Promise.Require(role.AdvertisedAt > Duration.Zero && role.Limit > Duration.Zero, "a role has its times");
            _ = key.ToString();
        }
        _ = RoleRecord.Read(input, "");
    }

    private static IEnumerable<byte[]> RoleSeeds()
    {
        byte[] record = new byte[RoleRecord.HeaderLength + 2 * RoleRecord.EntryLength];
        RoleRecord.WriteHeader(record, BootId);
        "eth0"u8.CopyTo(record.AsSpan(RoleRecord.HeaderLength));
        record[RoleRecord.HeaderLength + 16] = 51;
        RoleRecord.WriteRole(record.AsSpan(RoleRecord.HeaderLength, RoleRecord.EntryLength), new RoleRecord.Role(Duration.FromSeconds(100), Duration.FromSeconds(3)));
        yield return record;
    }
}
