using System.Text.RegularExpressions;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Tests.Unit.Daemon.Dumps;

/// <summary>What stock keepalived dumped of a configuration five seconds after its start, and the same configuration in a model world.</summary>
internal static partial class Recordings
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "Unit", "Daemon", "Dumps", "Recorded");

    public static string Configuration { get; } = Read("recorded.conf");

    public static string Read(string file) => File.ReadAllText(Path.Combine(s_folder, file));

    /// <summary>Ours in the state that stock was recorded in.</summary>
    public static ModelDumps Start()
    {
        ModelWorld world = new();
        world.SetLink(3, "eth0");
        world.SetLink(5, "eth1");
        world.AddForeign(3, "10.9.0.1", 24);
        world.AddForeign(3, "fe80::ff:fe00:1", 64);
        world.AddForeign(5, "10.9.2.1", 24);
        world.AddForeign(5, "fe80::ff:fe00:2", 64);
        ModelRouter router = new(world, Configuration);
        router.Settle();
        router.Module.Trackers.Report(new TrackerId(TrackerKind.Script, "chk"), TrackerReading.Good, world.Now);
        ModelDumps dumps = new(router);
        dumps.Run("chk", succeeds: true);
        router.Advance(4.9);
        router.Settle();
        dumps.Run("chk", succeeds: true);
        return dumps;
    }

    /// <summary>Compares with what is recorded of ours, or records it anew where that is asked for.</summary>
    public static void AssertRecorded(string file, string text)
    {
        string path = Path.Combine(s_folder, file);
        // The time zone is the machine's.
        string independent = LocalTimes().Replace(text, "(local time)");
        if (Environment.GetEnvironmentVariable("KEEPALIVED_AOT_REWRITE_GOLDEN") == "1")
            File.WriteAllText(path, independent);
        Assert.Equal(File.ReadAllText(path), independent);
    }

    [GeneratedRegex(@"\(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d\.\d{6} \d{4}\)")]
    private static partial Regex LocalTimes();
}
