using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace KeepalivedAot.Daemon.Control;

/// <summary>What somebody asks of the daemon: one line of JSON. Its schema is installed as <c>control.schema.json</c>.</summary>
internal sealed record ControlRequest(ControlVerb Verb)
{
    /// <summary>A year: whoever means longer means for ever.</summary>
    public const long LongestSeconds = 366 * 86400;

    public const int LongestReason = 200;

    /// <summary>Longer than any; what is longer is none.</summary>
    public const int LongestLine = 8 << 10;

    private const int DeepestNesting = 2;

    /// <summary>The name of an instance; null: all of them, where that makes sense.</summary>
    public string? Instance { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>For how long; null: until it is taken back.</summary>
    public long? Seconds { get; private set; }

    /// <summary>What is added to a priority.</summary>
    public int? Amount { get; private set; }

    public bool? On { get; private set; }

    /// <summary>Go on with what happens from now on.</summary>
    public bool Follow { get; private set; }

    /// <summary>An absolute path.</summary>
    public string? File { get; private set; }

    public bool AsJson { get; private set; }

    /// <summary>A level of the log, a kind of dump.</summary>
    public string? What { get; private set; }

    /// <param name="problem">What is wrong with it, in words for whoever sent it.</param>
    public static bool TryParse(ReadOnlyMemory<byte> line, [NotNullWhen(true)] out ControlRequest? request, out string problem)
    {
        request = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return TryRead(document.RootElement, out request, out problem);
        }
        catch (JsonException malformed)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"no JSON at byte {malformed.BytePositionInLine ?? 0}");
            return false;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            problem = "there is text in it that is none";
            return false;
        }
    }

    private static bool TryRead(JsonElement root, [NotNullWhen(true)] out ControlRequest? request, out string problem)
    {
        request = null;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("verb"u8, out JsonElement named) || named.ValueKind != JsonValueKind.String)
        {
            problem = "a request is an object with a 'verb'";
            return false;
        }
        if (ControlVerbs.Find(named.GetString()!) is not { } row)
        {
            problem = $"unknown verb; there are {string.Join(", ", ControlVerbs.Rows.Select(static it => it.Name))}";
            return false;
        }
        ControlRequest read = new(row.Verb);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals("verb"u8))
                continue;
            if (!row.Fields.Contains(property.Name))
            {
                problem = row.Fields.Length == 0 ? $"'{row.Name}' takes nothing more" : $"'{row.Name}' takes {string.Join(", ", row.Fields)}, and nothing else";
                return false;
            }
            if (read.Take(property) is { } refusal)
            {
                problem = refusal;
                return false;
            }
        }
        foreach (string needed in row.Needed)
        {
            if (!root.TryGetProperty(needed, out _))
            {
                problem = $"'{row.Name}' needs '{needed}'";
                return false;
            }
        }
        request = read;
        problem = "";
        return true;
    }

    // Null when the value is taken, else what it should have been.
    private string? Take(JsonProperty property)
    {
        JsonElement value = property.Value;
        switch (property.Name)
        {
            case "instance" when value.ValueKind == JsonValueKind.String:
                Instance = value.GetString();
                return null;
            case "reason" when value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestReason } text && !text.Any(char.IsControl):
                Reason = text;
                return null;
            case "what" when value.ValueKind == JsonValueKind.String:
                What = value.GetString();
                return null;
            case "file" when value.ValueKind == JsonValueKind.String:
                File = value.GetString();
                return null;
            case "json" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                AsJson = value.GetBoolean();
                return null;
            case "seconds" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is > 0 and <= LongestSeconds:
                Seconds = seconds;
                return null;
            case "amount" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int amount) && amount is >= -254 and <= 254:
                Amount = amount;
                return null;
            case "on" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                On = value.GetBoolean();
                return null;
            case "follow" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                Follow = value.GetBoolean();
                return null;
            default:
                return $"'{property.Name}' is {Expected(property.Name)}";
        }
    }

    private static string Expected(string field) => field switch
    {
        "seconds" => string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {LongestSeconds}"),
        "amount" => "a whole number from -254 to 254",
        "on" or "follow" or "json" => "true or false",
        "reason" => string.Create(CultureInfo.InvariantCulture, $"text of at most {LongestReason} characters on one line"),
        _ => "text",
    };
}
