using System.Globalization;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>What <c>decode</c> writes of one packet.</summary>
internal sealed class PacketReport
{
    public required long Frame { get; init; }

    public required UnixTime Time { get; init; }

    /// <summary>0 = no tag.</summary>
    public required int Vlan { get; init; }

    /// <summary>Null when the packet is too short, or a part of one.</summary>
    public Sighting? Seen { get; init; }

    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    public required Judgement Judgement { get; init; }

    /// <summary>Why it was not judged as a router would; null when it was.</summary>
    public string? NotJudged { get; init; }

    public bool IsAccepted => NotJudged is null && Judgement.Fault == VrrpFault.None;

    private string TimeText
    {
        get
        {
            Span<byte> text = stackalloc byte[LocalTime.Rfc3339Length];
            LocalTime.WriteRfc3339(Time, text);
            return Encoding.ASCII.GetString(text);
        }
    }

    private string Verdict
    {
        get
        {
            if (NotJudged is not null)
                return $"not judged: {NotJudged}";
            string by = Judgement.Instance is { } name ? $" by {name}" : "";
            string still = Seen is { Authentication: SeenAuthentication.Header or SeenAuthentication.Trailer } && !Judgement.IsVerified
                ? ", if its authentication is right" : "";
            return Judgement.Fault == VrrpFault.None
                ? $"accepted{by}{still}" : $"dropped{by}: {FaultText.Explain(Judgement.Fault, Judgement.Mismatch)}";
        }
    }

    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Frame}  {TimeText}  {Source} > {Destination}");
        if (Vlan != 0)
            text.Append(CultureInfo.InvariantCulture, $"  VLAN {Vlan}");
        text.Append('\n');
        if (Seen is { } seen)
        {
            string type = seen.Type == 1 ? "advertisement" : string.Create(CultureInfo.InvariantCulture, $"type {seen.Type}");
            text.Append(CultureInfo.InvariantCulture, $"    VRRPv{seen.Version} {type}, VRID {seen.Vrid}, priority {SightingText.Priority(seen.Priority)}");
            text.Append(CultureInfo.InvariantCulture, $", every {SightingText.Interval(seen.Interval)}, TTL {seen.HopLimit}\n");
            text.Append("    addresses       ").Append(seen.Addresses.Length == 0 ? "none" : string.Join(", ", seen.Addresses));
            if (seen.Addresses.Length != seen.AddressCount)
                text.Append(CultureInfo.InvariantCulture, $" ({seen.AddressCount} are announced)");
            text.Append("\n    checksum        ").Append(SightingText.Checksum(seen.Checksum));
            text.Append("\n    authentication  ").Append(SightingText.Authentication(seen, Judgement)).Append('\n');
        }
        text.Append("    verdict         ").Append(Verdict).Append('\n');
        foreach (string remark in Judgement.Remarks ?? [])
            text.Append("    remark          ").Append(remark).Append('\n');
        return text.ToString();
    }

    public byte[] ToJson() => InspectionJson.Line(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("frame", Frame);
        json.WriteString("time", TimeText);
        if (Vlan != 0)
            json.WriteNumber("vlan", Vlan);
        json.WriteString("source", Source.ToString());
        json.WriteString("destination", Destination.ToString());
        if (Seen is { } seen)
            WriteSeen(json, seen);
        json.WriteString("verdict", NotJudged is not null ? "not-judged" : Judgement.Fault == VrrpFault.None ? "accepted" : "dropped");
        if (NotJudged is null && Judgement.Fault != VrrpFault.None)
            json.WriteString("fault", FaultText.NameOf(Judgement.Fault));
        if (Judgement.Instance is { } name)
            json.WriteString("instance", Base.ByteText.Show(name));
        json.WriteString("explanation", Verdict);
        json.WriteStartArray("remarks");
        foreach (string remark in Judgement.Remarks ?? [])
            json.WriteStringValue(remark);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void WriteSeen(Utf8JsonWriter json, Sighting seen)
    {
        json.WriteNumber("ttl", seen.HopLimit);
        json.WriteNumber("version", seen.Version);
        json.WriteNumber("type", seen.Type);
        json.WriteNumber("vrid", seen.Vrid);
        json.WriteNumber("priority", seen.Priority);
        json.WriteNumber("interval_ms", seen.Interval.WholeMilliseconds);
        json.WriteNumber("address_count", seen.AddressCount);
        InspectionJson.WriteAddresses(json, "addresses", seen.Addresses);
        json.WriteStartObject("checksum");
        json.WriteNumber("found", seen.Checksum.Found);
        json.WriteNumber("expected", seen.Checksum.Expected);
        json.WriteString("origin", SightingText.NameOf(seen.Checksum.Origin));
        json.WriteEndObject();
        json.WriteStartObject("authentication");
        json.WriteString("type", SightingText.NameOf(seen.Authentication));
        if (seen.Authentication == SeenAuthentication.Header)
            json.WriteNumber("sequence", seen.Sequence);
        if (seen.Authentication == SeenAuthentication.Trailer)
            json.WriteNumber("key", seen.Key);
        json.WriteBoolean("verified", Judgement.IsVerified);
        json.WriteEndObject();
    }
}
