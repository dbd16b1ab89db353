using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KeepalivedAot.Daemon.Client;

/// <summary>What a daemon has told of itself.</summary>
public sealed class DaemonStatus
{
    private static readonly string[] s_kinds = ["instance", "group", "tracked"];

    /// <summary>The daemon as a whole.</summary>
    public JsonElement Daemon { get; private set; }

    public List<JsonElement> Instances { get; } = [];

    public List<JsonElement> Groups { get; } = [];

    public List<JsonElement> Tracked { get; } = [];

    /// <param name="instance">Only this one; null: all.</param>
    /// <param name="problem">Why there is none.</param>
    public static DaemonStatus? Ask(ControlClient client, string? instance, out string problem)
    {
        DaemonStatus status = new();
        ControlResult result = client.Ask(
            "status",
            json =>
            {
                if (instance is not null)
                    json.WriteString("instance"u8, instance);
            },
            (_, value) => status.Take(value));
        problem = result.Text;
        return result.IsDone ? status : null;
    }

    /// <summary>One value: the daemon, and lists of the rest.</summary>
    public string ToJson()
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WritePropertyName("daemon"u8);
            Daemon.WriteTo(json);
            Write(json, "instances", Instances);
            Write(json, "groups", Groups);
            Write(json, "tracked", Tracked);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    private void Take(JsonElement line)
    {
        if (line.Object("daemon") is { } daemon)
            Daemon = daemon;
        foreach (string kind in s_kinds)
        {
            if (line.Object(kind) is { } value)
                ListOf(kind).Add(value);
        }
    }

    private List<JsonElement> ListOf(string kind) => kind switch
    {
        "instance" => Instances,
        "group" => Groups,
        _ => Tracked,
    };

    private static void Write(Utf8JsonWriter json, string name, List<JsonElement> values)
    {
        json.WriteStartArray(name);
        foreach (JsonElement value in values)
            value.WriteTo(json);
        json.WriteEndArray();
    }
}
