using System.Text.Json;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reference;

namespace KeepalivedAot.Config.Reports;

/// <summary>Findings as a SARIF 2.1.0 log with one run (OASIS, "Static Analysis Results Interchange Format", 2020).</summary>
internal static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static string Write(CheckReport report, string? toolVersion) => JsonText.Write(json => Write(report, toolVersion, json));

    private static void Write(CheckReport report, string? toolVersion, Utf8JsonWriter json)
    {
        // Only the rules that are broken: a reader looks them up by ruleIndex.
        DiagnosticKind[] rules = [.. report.Files.SelectMany(static f => f.Diagnostics).Select(static d => d.Kind).Distinct().OrderBy(static k => k.Number)];
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(rules, toolVersion, json);
        WriteInvocation(report, json);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (LoadResult file in report.Files)
        {
            foreach (Diagnostic diagnostic in CheckReport.Ordered(file))
                WriteResult(diagnostic, rules, json);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(DiagnosticKind[] rules, string? version, Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "keepalived-aot");
        if (version is not null)
            json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (DiagnosticKind rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Code);
            WriteMessage("shortDescription", rule.Title, json);
            WriteMessage("fullDescription", rule.Why ?? rule.Title, json);
            WriteMessage("help", Explanations.Of(rule)?.Text ?? rule.Why ?? rule.Title, json);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", SeverityName.SarifLevel(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(CheckReport report, Utf8JsonWriter json)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        // The run itself went well, whatever it found.
        json.WriteBoolean("executionSuccessful", true);
        json.WriteNumber("exitCode", report.ExitStatus(strict: false));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Diagnostic diagnostic, DiagnosticKind[] rules, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code);
        json.WriteNumber("ruleIndex", Array.IndexOf(rules, diagnostic.Kind));
        json.WriteString("level", SeverityName.SarifLevel(diagnostic.Severity));
        string text = diagnostic.Suggestion is null ? diagnostic.Message : $"{diagnostic.Message}; {diagnostic.Suggestion}";
        WriteMessage("message", diagnostic.ReadAs is null ? text : $"{text} (read as {string.Join(", ", diagnostic.ReadAs)})", json);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePhysicalLocation(ReportedPlace.InUtf16(diagnostic.Location), json);
        json.WriteEndObject();
        json.WriteEndArray();
        // The way the text came stands first, the nearest step in front.
        List<RelatedPlace> places = [.. diagnostic.Chain];
        foreach (RelatedPlace related in diagnostic.Related)
            places.AddRange([related, .. related.Chain ?? []]);
        if (places.Count > 0)
        {
            json.WriteStartArray("relatedLocations");
            for (int i = 0; i < places.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("id", i);
                WritePhysicalLocation(ReportedPlace.InUtf16(places[i].Location), json);
                WriteMessage("message", places[i].Message, json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WritePhysicalLocation(ReportedPlace place, Utf8JsonWriter json)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(place.File));
        json.WriteEndObject();
        if (place.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", place.Line);
            json.WriteNumber("startColumn", place.Column);
            json.WriteNumber("endLine", place.Line);
            json.WriteNumber("endColumn", place.EndColumn);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    // A relative path is a relative reference, which services resolve against the repository's root.
    private static string UriOf(string path)
    {
        string escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return path.StartsWith('/') ? $"file://{escaped}" : escaped;
    }

    private static void WriteMessage(string name, string text, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
