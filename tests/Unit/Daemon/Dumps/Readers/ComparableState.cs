using System.Text.RegularExpressions;

namespace KeepalivedAot.Tests.Dumps;

/// <summary>
/// Brings <c>keepalived.data</c> of keepalived 2.2.7 and ours to what has to be the same, line by line: what 2.4.3 changed, and what no two
/// runs have in common, is evened out here, and everything that is evened out stands here.
/// </summary>
internal static partial class ComparableState
{
    private const string Interfaces = "------< Interfaces >------";

    // What depends on what else the host has changed, and keepalived in part shows after its own change.
    private static readonly string[] s_ofTheHost =
        ["   rp_filter", "   Original ", "   Reset ", "   IPv6 forwarding", "   Not IPv6 forwarding"];

    // 2.4.3 counts and names faults otherwise, tells when the last advertisement was sent, and of a learned interval in one place only.
    private static readonly string[] s_ofOneVersion =
    [
        " libnftnl version", "   Number of interface and track script faults", "   Number of tracker faults", "   Flags of interface faults",
        "   Last advert sent", "   Master advert int",
        // Before it has heard of one, 2.2.7 shows any address that was written before.
        "   Master router = 224.0.0.18", "   Master router = ff02::12", "   Master router = (none)",
    ];

    /// <summary>All but the interfaces.</summary>
    public static string[] Of(string text)
    {
        string[] lines = text.Split('\n');
        List<string> kept = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line == Interfaces)
                break;
            if (s_ofOneVersion.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
                continue;
            // 2.2.7 announces flags of which it tells none.
            if (line == "   Flags:" && !lines[i + 1].StartsWith("     ", StringComparison.Ordinal))
                line = "   Flags: none";
            line = FileDescriptors().Replace(line, "fd");
            line = Times().Replace(line, "T");
            line = Password().Replace(line, "********");
            line = line.Replace(" [installed ifindex 0]", "", StringComparison.Ordinal);
            if (line.StartsWith("   Use VMAC, ", StringComparison.Ordinal) || line.StartsWith("   Use IPVLAN, ", StringComparison.Ordinal))
                line = line.Replace("true", "yes", StringComparison.Ordinal).Replace("false", "no", StringComparison.Ordinal);
            kept.Add(line);
        }
        return [.. kept];
    }

    /// <summary>The lines of each interface, by its name.</summary>
    public static Dictionary<string, string[]> InterfacesOf(string text)
    {
        Dictionary<string, List<string>> byName = [];
        List<string> current = [];
        foreach (string line in text.TrimEnd('\n').Split('\n').SkipWhile(static line => line != Interfaces).Skip(1))
        {
            if (line.StartsWith(" Name = ", StringComparison.Ordinal))
                byName.Add(line[" Name = ".Length..], current = []);
            else if (!s_ofTheHost.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
                current.Add(line);
        }
        return byName.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToArray());
    }

    [GeneratedRegex(@"fd_in -?\d+,? fd_out (= )?-?\d+")]
    private static partial Regex FileDescriptors();

    [GeneratedRegex(@"\d+\.\d{6} \(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d[.\d ]+\)")]
    private static partial Regex Times();

    [GeneratedRegex("(?<=^   Password = ).*")]
    private static partial Regex Password();
}
