using System.Text;
using KeepalivedAot.Simulation.Replay;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>Records of the published binary (<c>--record</c>): the same inputs give the same transitions, for the same reasons, and the same packets.</summary>
/// <remarks>A record becomes a scenario by being copied here. What must follow is in it.</remarks>
public sealed class RecordingTests
{
    private static readonly string s_directory = Path.Combine(AppContext.BaseDirectory, "Recordings");

    public static TheoryData<string> Recordings => [.. Directory.GetFiles(s_directory, "*.rec").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Recordings))]
    public void Recording_isReplayed_asItWasRecorded(string name)
    {
        List<string> events = Replay(Read(name));
        Assert.Equal(Encoding.UTF8.GetString(Read(name)).Split('\n').Where(static line => line.StartsWith(" = ", StringComparison.Ordinal)).Select(static line => line[3..]), events);
        Assert.Contains(events, static line => line.Contains("\"transition\"", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Recording_whoseReasonsAreOthers_departs(string name)
    {
        string[] lines = Lines(name);
        int at = Array.FindIndex(lines, static line => line.Contains("\"to\":\"MASTER\"", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("\"to\":\"MASTER\"", "\"to\":\"BACKUP\"", StringComparison.Ordinal);
        Assert.Equal(at + 1, Assert.Throws<DepartureException>(() => Replay(Join(lines))).Line);
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Recording_thatLacksWhatWasSent_departs(string name)
    {
        List<string> lines = [.. Lines(name)];
        lines.RemoveAt(lines.FindIndex(static line => line.StartsWith(" > send ", StringComparison.Ordinal)));
        Assert.Throws<DepartureException>(() => Replay(Join([.. lines])));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Recording_thatIsCutAnywhere_isReplayedSoFar(string name)
    {
        byte[] whole = Read(name);
        int all = Replay(whole).Count;
        for (int part = 1; part < 40; part++)
            Assert.InRange(Replay(whole[..(whole.Length - 1 - whole.Length * part / 41)]).Count, 0, all);
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Recording_withALineOfNonsense_isRefusedThere(string name)
    {
        string[] lines = Lines(name);
        int at = Array.FindLastIndex(lines, static line => line.StartsWith("turn-end ", StringComparison.Ordinal));
        lines[at] = "turn-end soon";
        Assert.Equal(at + 1, Assert.Throws<RecordException>(() => Replay(Join(lines))).Line);
        lines[at] = "gibberish";
        Assert.Equal(at + 1, Assert.Throws<RecordException>(() => Replay(Join(lines))).Line);
    }

    [Fact]
    public void OtherFile_isNoRecord() => Assert.Equal(1, Assert.Throws<RecordException>(() => Replay("vrrp_instance VI_1 {\n}\n"u8.ToArray())).Line);

    private static List<string> Replay(byte[] record)
    {
        List<string> events = [];
        new Replayer(new RecordReader(new MemoryStream(record)), events.Add).Run();
        return events;
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(s_directory, name));

    private static string[] Lines(string name) => Encoding.UTF8.GetString(Read(name)).Split('\n');

    private static byte[] Join(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));
}
