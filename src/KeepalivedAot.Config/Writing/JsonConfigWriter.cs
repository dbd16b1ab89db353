using System.Text.Json;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Writing;

/// <summary>Writes a configuration as one JSON object; keys are the words of <c>keepalived.conf</c>.</summary>
/// <remarks>A keyword that may be repeated is an array of objects, a line an object, numbers are in the unit of the file.</remarks>
internal sealed class JsonConfigWriter : ConfigWriter, IDisposable
{
    private const int MostWaiting = 16 << 10;

    private readonly Utf8JsonWriter _json;

    public JsonConfigWriter(Stream output, bool showsSecrets)
        : base(showsSecrets)
    {
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        _json.WriteStartObject();
    }

    public void Dispose()
    {
        _json.WriteEndObject();
        _json.Dispose();
    }

    public override void BeginList(string word) => _json.WriteStartArray(word);

    public override void EndList() => _json.WriteEndArray();

    public override void BeginItem(string word, string? headerKey, string? header)
    {
        _json.WriteStartObject();
        if (headerKey is not null)
            _json.WriteString(headerKey, Unquoted(header!));
    }

    public override void EndItem()
    {
        _json.WriteEndObject();
        // It keeps everything else until the end.
        if (_json.BytesPending > MostWaiting)
            _json.Flush();
    }

    public override void BeginBlock(string word) => _json.WriteStartObject(word);

    public override void EndBlock() => _json.WriteEndObject();

    public override void BeginLines(string word) => _json.WriteStartArray(word);

    public override void EndLines() => _json.WriteEndArray();

    public override void BeginContent(string key) => _json.WriteStartArray(key);

    public override void EndContent() => _json.WriteEndArray();

    public override void BeginLine() => _json.WriteStartObject();

    public override void EndLine()
    {
        _json.WriteEndObject();
        if (_json.BytesPending > MostWaiting)
            _json.Flush();
    }

    public override void Line(string text) => _json.WriteStringValue(Unquoted(text));

    public override void BeginOptions(string word) => _json.WriteStartObject(word);

    public override void EndOptions() => _json.WriteEndObject();

    public override void Positional(string what, string word) => _json.WriteString(what, Unquoted(word));

    public override void Flag(string word, string key, bool value) => _json.WriteBoolean(key, value);

    public override void Boolean(string word, bool value) => _json.WriteBoolean(word, value);

    public override void Number(string word, string text)
    {
        _json.WritePropertyName(word);
        _json.WriteRawValue(text);
    }

    public override void Value(string word, string words)
    {
        if (words.Length == 0)
            _json.WriteBoolean(word, true);
        else
            _json.WriteString(word, Unquoted(words));
    }

    public override void Repeated(string word, IEnumerable<string> values)
    {
        _json.WriteStartArray(word);
        foreach (string value in values)
            _json.WriteStringValue(Unquoted(value));
        _json.WriteEndArray();
    }

    // One quoted word is what it says; several stay as they are written. JSON has no bytes that are no text.
    private static string Unquoted(string words) => ByteText.Show(WithoutQuotes(words));

    private static string WithoutQuotes(string words)
        => words.Length > 1 && words[0] == '"' && words.IndexOf('"', 1) == words.Length - 1 ? words[1..^1] : words;
}
