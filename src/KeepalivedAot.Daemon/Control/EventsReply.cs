using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The journal's lines, as they are: those in memory, and if wanted all that follow.</summary>
internal sealed class EventsReply : IControlReply
{
    private const int MostBytes = 8 << 10;

    private readonly EventJournal _journal;
    private readonly byte[]? _instance;
    private readonly bool _follows;
    private readonly byte[] _lines = new byte[MostBytes];
    private long _position;

    /// <param name="instance">Only what is about it, and about the daemon as a whole; null: all.</param>
    public EventsReply(EventJournal journal, string? instance, bool follows)
    {
        _journal = journal;
        _follows = follows;
        _position = journal.Start;
        if (instance is null)
            return;
        // As the journal writes it: what stands in a line is found there, without reading it as JSON.
        JsonLine line = new();
        line.Begin().WriteString("instance"u8, JsonLine.Show(instance));
        _instance = line.End()[1..^2].ToArray();
    }

    public bool IsComplete { get; private set; }

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
    {
        if (_position < _journal.Start)
        {
            // Whoever follows was too slow for what happened.
            _position = _journal.Start;
            Utf8JsonWriter json = line.Begin();
            json.WriteString("event"u8, "lost");
            json.WriteString("reason"u8, "events in between are only in the journal's file");
            return line.End();
        }
        int length = 0;
        ReadOnlySpan<byte> rest = _journal.LinesFrom(_position);
        while (rest.IndexOf((byte)'\n') is var feed and >= 0 && length + feed < MostBytes)
        {
            ReadOnlySpan<byte> one = rest[..(feed + 1)];
            if (IsWanted(one))
            {
                one.CopyTo(_lines.AsSpan(length));
                length += one.Length;
            }
            _position += one.Length;
            rest = rest[one.Length..];
        }
        if (length > 0 || _follows || !rest.IsEmpty)
            return _lines.AsSpan(0, length);
        IsComplete = true;
        return "{\"ok\":true}\n"u8;
    }

    private bool IsWanted(ReadOnlySpan<byte> line) => _instance is null || line.IndexOf(_instance) >= 0 || line.IndexOf("\"instance\":"u8) < 0;
}
