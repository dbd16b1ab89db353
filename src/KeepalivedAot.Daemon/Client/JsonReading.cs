using System.Text.Json;

namespace KeepalivedAot.Daemon.Client;

/// <summary>What may be in an object, and may be missing or something else in a later release.</summary>
public static class JsonReading
{
    /// <summary>Fit for a terminal: what is not to be shown is not shown.</summary>
    public static string? Text(this JsonElement from, string name)
        => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? Plain(value.GetString()!) : null;

    public static long? Number(this JsonElement from, string name)
        => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long number) ? number : null;

    public static bool IsTrue(this JsonElement from, string name)
        => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    public static JsonElement? Object(this JsonElement from, string name)
        => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    public static IEnumerable<string> Texts(this JsonElement from, string name)
        => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(static it => it.ValueKind == JsonValueKind.String).Select(static it => Plain(it.GetString()!)) : [];

    // A name with an escape sequence in it is not the terminal's business.
    private static string Plain(string text)
        => !text.Any(char.IsControl) ? text : string.Create(text.Length, text, static (shown, from) =>
        {
            for (int i = 0; i < shown.Length; i++)
                shown[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
        });
}
