using System.Text.Json;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>As much of JSON Schema (2020-12) as ours uses; a keyword that it does not know is an error.</summary>
internal sealed class JsonSchema(JsonElement definitions)
{
    /// <param name="path">Of a file whose <c>$defs</c> are meant.</param>
    public static JsonSchema Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return new JsonSchema(document.RootElement.GetProperty("$defs").Clone());
    }

    /// <returns>Null when the value is as the definition says, else where it is not.</returns>
    public string? Problem(string definition, JsonElement value) => Check(definitions.GetProperty(definition), value, "$");

    private string? Check(JsonElement schema, JsonElement value, string at)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (Check(keyword.Name, keyword.Value, schema, value, at) is { } problem)
                return problem;
        }
        return null;
    }

    private string? Check(string keyword, JsonElement wanted, JsonElement schema, JsonElement value, string at)
    {
        switch (keyword)
        {
            case "description" or "title" or "format":
                return null;
            case "$ref":
                return Check(definitions.GetProperty(wanted.GetString()!["#/$defs/".Length..]), value, at);
            case "type":
                return IsOf(value, wanted.GetString()!) ? null : $"{at} is no {wanted.GetString()}";
            case "const":
                return JsonElement.DeepEquals(wanted, value) ? null : $"{at} is not {wanted}";
            case "enum":
                return wanted.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? null : $"{at} is none of {wanted}: {value}";
            case "minimum":
                return value.GetInt64() >= wanted.GetInt64() ? null : $"{at} is less than {wanted}";
            case "maximum":
                return value.GetInt64() <= wanted.GetInt64() ? null : $"{at} is more than {wanted}";
            case "maxLength":
                return value.GetString()!.Length <= wanted.GetInt32() ? null : $"{at} is longer than {wanted}";
            case "items":
                return value.EnumerateArray().Select((item, place) => Check(wanted, item, $"{at}[{place}]")).FirstOrDefault(static it => it is not null);
            case "required":
                return wanted.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing
                    ? $"{at} lacks {missing}" : null;
            case "properties":
                return wanted.EnumerateObject().Select(property => value.TryGetProperty(property.Name, out JsonElement there) ? Check(property.Value, there, $"{at}.{property.Name}") : null)
                    .FirstOrDefault(static it => it is not null);
            case "additionalProperties" when wanted.ValueKind == JsonValueKind.False:
                return value.EnumerateObject().Select(static property => property.Name).FirstOrDefault(name => !schema.GetProperty("properties").TryGetProperty(name, out _)) is { } more
                    ? $"{at} has {more}" : null;
            case "oneOf":
                string?[] problems = [.. wanted.EnumerateArray().Select(one => Check(one, value, at))];
                int fitting = problems.Count(static it => it is null);
                return fitting == 1 ? null : $"{at} is {fitting} of what there is: {string.Join("; ", problems)}";
            default:
                throw new LabException($"the schema has a keyword that this does not know: {keyword}");
        }
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new LabException($"the schema has a type that this does not know: {type}"),
    };
}
