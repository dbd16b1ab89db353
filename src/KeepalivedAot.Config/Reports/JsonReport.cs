using System.Text.Json;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Reports;

/// <summary>Findings as one JSON object, for programs. Members are added, never changed, while <c>version</c> stays.</summary>
internal static class JsonReport
{
    private const int Version = 1;

    public static string Write(CheckReport report) => JsonText.Write(json => Write(report, json));

    private static void Write(CheckReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartArray("files");
        foreach (LoadResult file in report.Files)
            WriteFile(file, json);
        json.WriteEndArray();
        json.WriteStartArray("diagnostics");
        foreach (LoadResult file in report.Files)
        {
            foreach (Diagnostic diagnostic in CheckReport.Ordered(file))
                WriteDiagnostic(diagnostic, json);
        }
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("errors", report.Errors);
        json.WriteNumber("warnings", report.Warnings);
        json.WriteNumber("hints", report.Hints);
        json.WriteNumber("notShown", report.Dropped);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFile(LoadResult file, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", CheckReport.PathOf(file));
        json.WriteOptional("configId", file.ReadAs);
        json.WriteBoolean("canRun", file.CanRun);
        json.WriteNumber("testExitStatus", file.TestExitStatus);
        json.WriteEndObject();
    }

    private static void WriteDiagnostic(Diagnostic diagnostic, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", SeverityName.Of(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        WritePlace(ReportedPlace.InCharacters(diagnostic.Location), json);
        WriteIds(diagnostic.ReadAs, json);
        json.WriteOptional("help", diagnostic.Suggestion);
        json.WriteOptional("why", diagnostic.Why);
        WritePlaces("related", diagnostic.Related, json);
        WritePlaces("chain", diagnostic.Chain, json);
        json.WriteEndObject();
    }

    private static void WriteIds(IReadOnlyList<string>? ids, Utf8JsonWriter json)
    {
        if (ids is null)
        {
            json.WriteNull("configIds");
            return;
        }
        json.WriteStartArray("configIds");
        foreach (string id in ids)
            json.WriteStringValue(id);
        json.WriteEndArray();
    }

    private static void WritePlaces(string name, IReadOnlyList<RelatedPlace> places, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (RelatedPlace place in places)
        {
            json.WriteStartObject();
            json.WriteString("message", place.Message);
            WritePlace(ReportedPlace.InCharacters(place.Location), json);
            if (place.Chain is not null)
                WritePlaces("chain", place.Chain, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // A finding about a file as a whole has the line and column null.
    private static void WritePlace(ReportedPlace place, Utf8JsonWriter json)
    {
        json.WriteString("file", place.File);
        WriteNumber("line", place.Line, json);
        WriteNumber("column", place.Column, json);
        WriteNumber("endLine", place.Line, json);
        WriteNumber("endColumn", place.EndColumn, json);
    }

    private static void WriteNumber(string name, int number, Utf8JsonWriter json)
    {
        if (number > 0)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
