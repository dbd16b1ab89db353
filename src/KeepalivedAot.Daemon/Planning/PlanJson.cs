using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>A plan for programs: one JSON object. <c>reload.md</c> describes it.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ReloadPlan plan)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, s_options))
            Write(json, plan);
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ReloadPlan plan)
    {
        json.WriteStartObject();
        json.WriteNumber("status", plan.ExitStatus);
        json.WriteStartObject("counts");
        for (PlannedFate fate = PlannedFate.Kept; fate <= PlannedFate.Removed; fate++)
            json.WriteNumber(NameOf(fate), plan.Count(fate));
        json.WriteEndObject();
        json.WriteStartArray("items");
        foreach (PlannedItem item in plan.Items)
            Write(json, item);
        json.WriteEndArray();
        json.WriteStartArray("consequences");
        foreach (PlanConsequence consequence in plan.Consequences)
        {
            json.WriteStartObject();
            json.WriteString("kind", NameOf(consequence.Kind));
            json.WriteString("subject", consequence.Subject);
            json.WriteBoolean("disruptive", consequence.IsDisruptive);
            json.WriteString("text", consequence.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlannedItem item)
    {
        json.WriteStartObject();
        json.WriteString("keyword", item.Keyword);
        json.WriteString("name", item.Name);
        json.WriteString("fate", NameOf(item.Fate));
        if (item.FormerName is not null)
            json.WriteString("former_name", item.FormerName);
        if (item.Reason is not null)
            json.WriteString("reason", item.Reason);
        if (item.Settings.Count > 0)
        {
            json.WriteStartArray("settings");
            foreach (PlannedSetting setting in item.Settings)
            {
                json.WriteStartObject();
                json.WriteString("word", setting.Word);
                json.WriteString("old", setting.Old);
                json.WriteString("new", setting.New);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static string NameOf(PlannedFate fate) => fate switch
    {
        PlannedFate.Changed => "changed",
        PlannedFate.Restarted => "restarted",
        PlannedFate.Added => "added",
        PlannedFate.Removed => "removed",
        _ => "kept",
    };

    private static string NameOf(ConsequenceKind kind) => kind switch
    {
        ConsequenceKind.Refused => "refused",
        ConsequenceKind.AddressVanishes => "address_vanishes",
        ConsequenceKind.AddressMoves => "address_moves",
        ConsequenceKind.AddressAdded => "address_added",
        ConsequenceKind.RoleGivenUp => "role_given_up",
        ConsequenceKind.Election => "election",
        ConsequenceKind.CheckStartsAnew => "check_starts_anew",
        _ => "peer_rejects",
    };
}
