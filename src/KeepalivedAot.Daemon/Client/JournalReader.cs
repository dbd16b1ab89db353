using System.Text.Json;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Client;

/// <summary>The journal's files, read without the daemon. Lines that are none, as after a power cut, are passed over.</summary>
public static class JournalReader
{
    private const int LongestFile = 1 << 30;

    /// <summary>All events of the file and the one before it, oldest first.</summary>
    /// <param name="path">The newer file.</param>
    /// <returns>Null: neither can be read, and <paramref name="failure"/> says why.</returns>
    public static List<JsonElement>? Read(string path, out OsError failure)
    {
        OsError older = FileReader.TryRead(RotatingFile.FormerOf(path), LongestFile, out byte[] former);
        failure = FileReader.TryRead(path, LongestFile, out byte[] latest);
        if (failure.IsError && older.IsError)
            return null;
        failure = OsError.None;
        List<JsonElement> events = [];
        AddLines(events, former);
        AddLines(events, latest);
        return events;
    }

    /// <summary>Counts from the start of the daemon that wrote it; null for what stands for lost events.</summary>
    public static long? SequenceOf(JsonElement e) => e.Number("seq");

    /// <summary>The events of the files, and behind them what only the daemon's memory has.</summary>
    /// <remarks>The clock may have been set meanwhile, and numbers begin anew with each daemon: number and time together tell one event from another.</remarks>
    public static List<JsonElement> Join(List<JsonElement> files, List<JsonElement> memory)
    {
        if (memory.Count == 0)
            return files;
        (long?, long?) first = (memory[0].Number("seq"), memory[0].Number("unix_us"));
        return [.. files.TakeWhile(e => (e.Number("seq"), e.Number("unix_us")) != first), .. memory];
    }

    /// <summary>An event; null when it is none.</summary>
    public static JsonElement? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement value = document.RootElement.Clone();
            return value.Text("event") is null ? null : value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void AddLines(List<JsonElement> events, byte[] content)
    {
        ReadOnlySpan<byte> rest = content;
        while (rest.IndexOf((byte)'\n') is var feed and >= 0)
        {
            if (TryParse(rest[..feed]) is { } one)
                events.Add(one);
            rest = rest[(feed + 1)..];
        }
    }
}
