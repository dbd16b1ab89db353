using System.Globalization;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>What <c>scan</c> writes.</summary>
internal static class ScanReport
{
    private static readonly string[] s_titles = ["VRID", "FAMILY", "VERSION", "SOURCE", "PRIORITY", "INTERVAL", "AUTH", "SEEN", "ADDRESSES"];

    public static string ToText(VrrpSpotter seen, string interfaceName, Duration period)
    {
        StringBuilder text = new();
        if (seen.Speakers.Count > 0)
            AppendTable(text, seen.Speakers);
        else
            text.Append(CultureInfo.InvariantCulture, $"Nobody speaks VRRP on {interfaceName}: nothing was heard in {SightingText.Interval(period)}.\n");
        if (seen.Speakers.Any(static one => one.Last.Authentication == SeenAuthentication.Password))
            text.Append("PASS: the password is in every packet, readable for everybody on this network.\n");
        if (seen.UnreadableCount > 0)
            text.Append(CultureInfo.InvariantCulture, $"{seen.UnreadableCount} packets were no readable VRRP.\n");
        if (seen.UncountedCount > 0)
            text.Append(CultureInfo.InvariantCulture, $"{seen.UncountedCount} packets were of more senders than are shown.\n");
        text.Append("Free VRIDs, as far as was heard:\n");
        AppendFree(text, "IPv4", seen.FreeVrids(AddressFamily.IPv4));
        AppendFree(text, "IPv6", seen.FreeVrids(AddressFamily.IPv6));
        return text.ToString();
    }

    public static byte[] ToJson(VrrpSpotter seen, string interfaceName, Duration period) => InspectionJson.Line(json =>
    {
        json.WriteStartObject();
        json.WriteString("interface", interfaceName);
        json.WriteNumber("listened_ms", period.WholeMilliseconds);
        json.WriteNumber("packets", seen.PacketCount);
        json.WriteNumber("unreadable", seen.UnreadableCount);
        json.WriteNumber("not_shown", seen.UncountedCount);
        json.WriteStartArray("routers");
        foreach (Speaker speaker in seen.Speakers)
            WriteSpeaker(json, speaker);
        json.WriteEndArray();
        json.WriteStartObject("free_vrids");
        WriteFree(json, "ipv4", seen.FreeVrids(AddressFamily.IPv4));
        WriteFree(json, "ipv6", seen.FreeVrids(AddressFamily.IPv6));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void AppendTable(StringBuilder text, IReadOnlyList<Speaker> speakers)
    {
        List<string[]> rows = [s_titles];
        foreach (Speaker speaker in speakers)
            rows.Add(RowOf(speaker));
        int[] widths = [.. s_titles.Select((_, column) => rows.Max(row => row[column].Length))];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int column = 0; column < widths.Length - 1; column++)
                text.Append(rows[i][column].PadRight(widths[column] + 2));
            text.Append(rows[i][^1]).Append('\n');
            if (i == 0)
                continue;
            foreach (string problem in speakers[i - 1].Problems)
                text.Append("      ! ").Append(problem).Append('\n');
        }
    }

    private static string[] RowOf(Speaker speaker)
    {
        Sighting last = speaker.Last;
        string addresses = string.Join(", ", last.Addresses);
        return
        [
            last.Vrid.ToString(CultureInfo.InvariantCulture),
            VrrpJudge.FamilyName(last.Family),
            last.Version.ToString(CultureInfo.InvariantCulture),
            speaker.IsOwn ? $"{speaker.Source} (this host)" : speaker.Source.ToString(),
            speaker.HasReleased ? string.Create(CultureInfo.InvariantCulture, $"{speaker.Priority}, left") : speaker.Priority.ToString(CultureInfo.InvariantCulture),
            SightingText.Interval(last.Interval),
            SightingText.NameOf(last.Authentication),
            speaker.Count.ToString(CultureInfo.InvariantCulture),
            addresses.Length > 0 ? addresses : "none",
        ];
    }

    private static void AppendFree(StringBuilder text, string family, List<(int First, int Last)> ranges)
    {
        text.Append("  ").Append(family).Append("  ");
        text.AppendJoin(", ", ranges.Select(static range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));
        text.Append(ranges.Count == 0 ? "none\n" : "\n");
    }

    private static void WriteSpeaker(Utf8JsonWriter json, Speaker speaker)
    {
        Sighting last = speaker.Last;
        json.WriteStartObject();
        json.WriteNumber("vrid", last.Vrid);
        json.WriteString("family", VrrpJudge.FamilyName(last.Family));
        json.WriteNumber("version", last.Version);
        json.WriteString("source", speaker.Source.ToString());
        json.WriteBoolean("own", speaker.IsOwn);
        json.WriteString("destination", last.Destination.ToString());
        json.WriteNumber("priority", speaker.Priority);
        json.WriteBoolean("released", speaker.HasReleased);
        json.WriteNumber("interval_ms", last.Interval.WholeMilliseconds);
        json.WriteNumber("ttl", last.HopLimit);
        InspectionJson.WriteAddresses(json, "addresses", last.Addresses);
        json.WriteString("authentication", SightingText.NameOf(last.Authentication));
        json.WriteNumber("seen", speaker.Count);
        json.WriteStartArray("problems");
        foreach (string problem in speaker.Problems)
            json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFree(Utf8JsonWriter json, string name, List<(int First, int Last)> ranges)
    {
        json.WriteStartArray(name);
        foreach ((int first, int last) in ranges)
        {
            json.WriteStartArray();
            json.WriteNumberValue(first);
            json.WriteNumberValue(last);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
