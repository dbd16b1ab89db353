using System.Text.Json;
using System.Text.Unicode;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Client;

/// <summary>The journal, oldest event first: of its files, and what the daemon has in memory beside that.</summary>
/// <remarks>However long it is, little of it is in memory. Lines that are none, as after a power cut, are passed over.</remarks>
public sealed class JournalReader : IDisposable
{
    // 9999-12-31: what is later is no time.
    private const long LatestTime = 253_402_300_799_999_999;

    private readonly List<LineFile> _files = [];
    private readonly List<JsonElement> _told = [];
    private readonly Dictionary<(long, long), int> _places = [];
    private int _file;
    private int _next;

    /// <summary>Without files: only what is told.</summary>
    public JournalReader()
    {
    }

    /// <param name="path">The newer file; the one before it is found beside it.</param>
    /// <returns>Null: neither file can be read, and <paramref name="failure"/> says why.</returns>
    public static JournalReader? Open(string path, out OsError failure)
    {
        JournalReader reader = new();
        if (LineFile.Open(RotatingFile.FormerOf(path), out _) is { } former)
            reader._files.Add(former);
        if (LineFile.Open(path, out failure) is { } latest)
            reader._files.Add(latest);
        if (reader._files.Count == 0)
            return null;
        failure = OsError.None;
        return reader;
    }

    /// <summary>What a daemon has in memory: where the files have not all of it, as on a full disk, the end is from here.</summary>
    /// <param name="told">As it was after the files were opened.</param>
    public void Add(List<JsonElement> told)
    {
        foreach (JsonElement e in told)
        {
            _places[PlaceOf(e)] = _told.Count;
            _told.Add(e);
        }
    }

    /// <summary>The next event.</summary>
    public bool TryRead(out JsonElement e)
    {
        for (; _file < _files.Count; _file++)
        {
            while (_files[_file].TryRead(out ReadOnlySpan<byte> line))
            {
                if (TryParse(line) is not { } one)
                    continue;
                // What is in the file need not be told again, nor what came before it.
                if (_places.TryGetValue(PlaceOf(one), out int place))
                    _next = place + 1;
                e = one;
                return true;
            }
        }
        bool isThere = _next < _told.Count;
        e = isThere ? _told[_next++] : default;
        return isThere;
    }

    /// <summary>The last events, oldest first.</summary>
    public List<JsonElement> ReadLast(int most)
    {
        Queue<JsonElement> last = new();
        while (TryRead(out JsonElement e))
        {
            if (last.Count == most)
                last.Dequeue();
            last.Enqueue(e);
        }
        return [.. last];
    }

    /// <summary>From the first event again.</summary>
    public void Rewind()
    {
        foreach (LineFile file in _files)
            file.Rewind();
        _file = _next = 0;
    }

    /// <summary>What could not be read to its end.</summary>
    public OsError Failure => _files.Find(static file => file.Failure.IsError)?.Failure ?? OsError.None;

    /// <summary>An event; null when it is none.</summary>
    public static JsonElement? TryParse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
            return null;
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement value = document.RootElement.Clone();
            return value.Text("event") is not null && IsSound(value) ? value : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Dispose() => _files.ForEach(static file => file.Dispose());

    // Whoever wrote it: what is to be shown can be.
    private static bool IsSound(JsonElement value)
    {
        foreach (JsonProperty property in value.EnumerateObject())
        {
            // Half of a surrogate pair is no text, and this says so.
            if (property.Value.ValueKind == JsonValueKind.String)
                _ = property.Value.GetString();
        }
        return !value.TryGetProperty("unix_us"u8, out _) || value.Number("unix_us") is >= 0 and <= LatestTime;
    }

    // Sequences begin anew with each start.
    private static (long UnixMicroseconds, long Sequence) PlaceOf(JsonElement e) => (e.Number("unix_us") ?? 0, e.Number("seq") ?? 0);
}
