using System.Text.Json;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>One object with all words; members without a value are left out.</summary>
internal static class JsonReference
{
    private const int Version = 1;

    public static string Write(KeywordReference reference) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartArray("words");
        foreach (ReferenceEntry entry in reference.Entries)
            Write(reference, entry, json);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(KeywordReference reference, ReferenceEntry entry, Utf8JsonWriter json)
    {
        WordSchema word = entry.Word;
        json.WriteStartObject();
        json.WriteString("word", word.Word);
        json.WriteString("block", entry.BlockPath);
        json.WriteString("kind", KindName(word.Kind));
        json.WriteString("arguments", word.Arguments);
        Write("description", ArgumentText.Describe(word), json);
        Write("minimum", word.Minimum is { } minimum ? ArgumentText.Scaled(minimum, word.Decimals) : null, json);
        Write("maximum", word.Maximum is { } maximum ? ArgumentText.Scaled(maximum, word.Decimals) : null, json);
        Write("default", word.Default, json);
        Write("since", word.Since, json);
        json.WriteString("status", ReferenceText.StatusName(word.Status));
        Write("instead", word.Instead, json);
        if (word.IsNotYet)
            json.WriteBoolean("notYet", true);
        if (word.IsPositional)
            json.WriteBoolean("positional", true);
        if (word.IsRequired)
            json.WriteBoolean("required", true);
        if (word.IsSecret)
            json.WriteBoolean("secret", true);
        Write("help", word.Help, json);
        Write("choices", word.Choices, json);
        Write("related", RelatedWords.Of(reference, entry), json);
        Write("example", KeywordExample.Of(reference, entry), json);
        json.WriteEndObject();
    }

    private static void Write(string name, string? value, Utf8JsonWriter json)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Write(string name, IReadOnlyList<string> values, Utf8JsonWriter json)
    {
        if (values.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string KindName(WordKind kind) => kind switch
    {
        WordKind.Flag => "flag",
        WordKind.Boolean => "boolean",
        WordKind.Integer => "integer",
        WordKind.Decimal => "decimal",
        WordKind.Address => "address",
        WordKind.Prefix => "prefix",
        WordKind.Interface => "interface",
        WordKind.Text => "text",
        WordKind.Choice => "choice",
        WordKind.Block => "block",
        WordKind.Lines => "lines",
        WordKind.Names => "names",
        WordKind.Arguments => "arguments",
        WordKind.Options => "options",
        _ => "other",
    };
}
