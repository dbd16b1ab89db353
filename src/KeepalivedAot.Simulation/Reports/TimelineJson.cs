using System.Globalization;
using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Scenarios;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>A run for programs: one JSON object, which <c>simulate.md</c> describes. Times are seconds since the beginning.</summary>
internal static class TimelineJson
{
    public static string Write(SimulationRun run, int status) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteNumber("status", status);
        json.WriteNumber("seed", run.Seed);
        json.WriteNumber("seconds", TimeText.SecondsOf(run.Length));
        json.WriteString("run", run.World.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartArray("hosts");
        foreach (SimulatedHost host in run.World.Hosts)
        {
            json.WriteStartObject();
            json.WriteString("name", host.Name);
            json.WriteString("file", host.Path);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("faults");
        foreach (Fault fault in run.Faults)
        {
            json.WriteStartObject();
            json.WriteNumber("at", TimeText.SecondsOf(fault.At));
            json.WriteString("text", fault.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("routers");
        foreach (VirtualRouter router in run.World.Routers)
            Write(json, router, run.End);
        json.WriteEndArray();
        json.WriteStartArray("addresses");
        foreach ((IpAddress address, List<Chronicle.Holding> holdings) in run.Chronicle.Addresses)
            Write(json, address, holdings);
        json.WriteEndArray();
        json.WriteStartArray("events");
        foreach (Chronicle.Entry entry in run.Chronicle.Entries)
            Write(json, entry);
        json.WriteEndArray();
        json.WriteStartArray("violations");
        foreach (Violation violation in run.Violations)
        {
            json.WriteStartObject();
            json.WriteString("router", violation.Router.ToString());
            json.WriteNumber("from", TimeText.SecondsOf(violation.From));
            json.WriteNumber("to", TimeText.SecondsOf(violation.To));
            json.WriteString("text", violation.What);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("broken");
        foreach (string broken in run.Broken)
            json.WriteStringValue(broken);
        json.WriteEndArray();
        json.WriteStartArray("traps");
        foreach (Trap trap in run.Traps)
        {
            json.WriteStartObject();
            json.WriteString("kind", trap.Kind);
            json.WriteString("text", trap.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, VirtualRouter router, Instant end)
    {
        List<MasterSpans.Span> spans = MasterSpans.Of(router, end);
        json.WriteStartObject();
        json.WriteString("segment", router.Segment);
        json.WriteNumber("vrid", router.Vrid);
        json.WriteString("family", router.Family == AddressFamily.IPv6 ? "ipv6" : "ipv4");
        json.WriteNumber("outage_seconds", TimeText.SecondsOf(MasterSpans.Outage(spans)));
        json.WriteNumber("dual_seconds", TimeText.SecondsOf(MasterSpans.Dual(spans)));
        json.WriteStartArray("members");
        foreach (VirtualRouter.Member member in router.Members)
        {
            json.WriteStartObject();
            json.WriteString("host", member.Host.Name);
            json.WriteString("instance", member.Instance);
            json.WriteStartArray("phases");
            foreach (Lane.Piece piece in Lane.Of(member, end))
            {
                json.WriteStartObject();
                json.WriteNumber("from", TimeText.SecondsOf(piece.From));
                json.WriteNumber("to", TimeText.SecondsOf(piece.To));
                json.WriteString("state", piece.State.ToString().ToUpperInvariant());
                json.WriteString("reason", piece.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("masters");
        foreach (MasterSpans.Span span in spans)
        {
            json.WriteStartObject();
            json.WriteNumber("from", TimeText.SecondsOf(span.From));
            json.WriteNumber("to", TimeText.SecondsOf(span.To));
            WriteHosts(json, span.Masters.Select(static member => member.Host));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IpAddress address, List<Chronicle.Holding> holdings)
    {
        json.WriteStartObject();
        json.WriteString("address", address.ToString());
        json.WriteStartArray("places");
        foreach (Chronicle.Holding holding in holdings)
        {
            json.WriteStartObject();
            json.WriteNumber("from", TimeText.SecondsOf(holding.Since));
            WriteHosts(json, holding.Hosts);
            if (holding.Announced is { } last)
                json.WriteString("announced", last.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Chronicle.Entry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("at", TimeText.SecondsOf(entry.At));
        json.WriteString("kind", entry.Kind.ToString().ToLowerInvariant());
        if (entry.Host is { } host)
            json.WriteString("host", host.Name);
        if (entry.Subject.Length > 0)
            json.WriteString("subject", entry.Subject);
        json.WriteString("text", entry.Text);
        json.WriteEndObject();
    }

    private static void WriteHosts(Utf8JsonWriter json, IEnumerable<SimulatedHost> hosts)
    {
        json.WriteStartArray("hosts");
        foreach (SimulatedHost host in hosts)
            json.WriteStringValue(host.Name);
        json.WriteEndArray();
    }
}
