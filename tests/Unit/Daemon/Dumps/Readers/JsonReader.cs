using System.Text.Json;

namespace KeepalivedAot.Tests.Dumps;

/// <summary>Reads <c>keepalived.json</c> as VyOS and the exporters do: with the types that they demand of each field.</summary>
internal static class JsonReader
{
    private static readonly string[] s_states = ["INIT", "BACKUP", "MASTER", "FAULT"];

    /// <param name="text">Of version 1: a list.</param>
    public static List<InstanceFacts> Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        List<InstanceFacts> instances = [];
        foreach (JsonElement one in document.RootElement.EnumerateArray())
        {
            JsonElement data = one.GetProperty("data");
            InstanceFacts facts = new(data.GetProperty("iname").GetString()!)
            {
                State = s_states[data.GetProperty("state").GetInt32()],
                WantedState = s_states[data.GetProperty("wantstate").GetInt32()],
                Interface = data.GetProperty("ifp_ifname").GetString(),
                Vrid = data.GetProperty("vrid").GetInt32(),
                GarpDelay = data.GetProperty("garp_delay").GetInt32(),
                LastTransition = data.GetProperty("last_transition").GetDouble(),
            };
            if (data.TryGetProperty("vips", out JsonElement addresses))
                facts.Addresses.AddRange(addresses.EnumerateArray().Select(static vip => vip.GetString()!.Split(' ')).Select(static words => $"{words[0]} {words[2]}"));
            foreach (JsonProperty counter in one.GetProperty("stats").EnumerateObject())
                Assert.True(counter.Value.TryGetInt64(out _), counter.Name);
            instances.Add(facts);
        }
        return instances;
    }

    /// <summary>Each field with its type, in the order of the file: <c>data.iname String</c>.</summary>
    public static List<string> Shape(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        List<string> shape = [];
        Walk("", document.RootElement, shape);
        return shape;
    }

    private static void Walk(string path, JsonElement element, List<string> shape)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                    Walk($"{path}.{property.Name}", property.Value, shape);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    Walk($"{path}[]", item, shape);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                shape.Add($"{path} boolean");
                break;
            default:
                shape.Add($"{path} {element.ValueKind}");
                break;
        }
    }
}
