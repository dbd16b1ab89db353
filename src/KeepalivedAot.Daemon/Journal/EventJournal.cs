using System.Globalization;
using System.Text.Json;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Journal;

/// <summary>What has happened and why: the last events in memory, all of the last time in a file, each one line of JSON.</summary>
/// <remarks>
/// Lines are put into memory when something happens, and into the file when the turn has ended: behind the advertisements. A disk that takes none loses
/// them there and nowhere else. Every line has a <c>seq</c>, <c>unix_us</c> (microseconds since 1970), <c>time</c> (the same for people) and <c>event</c>.
/// </remarks>
internal sealed class EventJournal : IEventJournal, ITurnEnd
{
    // Some 200 events.
    private const int Capacity = 64 << 10;

    // So that a row of events within one turn is not lost for the file.
    private const int MostUnwritten = Capacity / 2;

    private static readonly Duration RetryAfter = Duration.FromSeconds(60);

    private readonly Func<UnixTime> _clock;
    private readonly Log _log;
    private readonly JsonLine _line = new();
    private Utf8JsonWriter _json = null!;
    private RotatingFile? _file;
    private byte[] _lines = [];
    private int _end;

    // Positions count all bytes that ever were in memory.
    private long _dropped;
    private long _written;
    private long _sequence;
    private Instant _retryAt;
    private OsError _failure;

    public EventJournal(Func<UnixTime> clock, Log log)
    {
        _clock = clock;
        _log = log;
    }

    /// <summary>Who writes them down with what led to them; null without <c>--record</c>.</summary>
    public Recording.VrrpRecorder? Recorder { get; init; }

    /// <summary>How many events there were since the start.</summary>
    public long Count => _sequence;

    /// <summary>How many of them were written into the file.</summary>
    public long WrittenCount { get; private set; }

    /// <summary>How many of them the file lacks for ever: it could not be written for so long that they had to make room.</summary>
    public long LostCount { get; private set; }

    /// <summary>The position behind the last line.</summary>
    public long End => _dropped + _end;

    /// <summary>The position of the oldest line in memory.</summary>
    public long Start => _dropped;

    /// <summary>Why the file lacks lines; None while it does not.</summary>
    public OsError Failure => _failure;

    /// <summary>Whole lines from a position on.</summary>
    /// <param name="position">One before <see cref="Start"/> is that.</param>
    public ReadOnlySpan<byte> LinesFrom(long position) => _lines.AsSpan(0, _end)[(int)Math.Clamp(position - _dropped, 0, _end)..];

    public void OnTransition(string instance, in Transition transition, Priority effective)
    {
        TransitionReason reason = transition.Reason;
        Begin(JournalKinds.Transition);
        _json.WriteString("instance"u8, JsonLine.Show(instance));
        _json.WriteString("from"u8, StateName.Of(transition.From));
        _json.WriteString("to"u8, StateName.Of(transition.To));
        _json.WriteString("cause"u8, JournalKinds.CauseName(reason.Cause));
        JsonLine.WriteValue(_json, "reason"u8, reason);
        _json.WriteNumber("priority"u8, effective.Value);
        if (!reason.Peer.IsNone)
            JsonLine.WriteValue(_json, "peer"u8, reason.Peer);
        if (!reason.Peer.IsNone && reason.Cause != TransitionCause.VirtualAddressLost)
            _json.WriteNumber("peer_priority"u8, reason.PeerPriority.Value);
        if (reason.Limit != Duration.Zero)
        {
            _json.WriteNumber("elapsed_us"u8, reason.Elapsed.WholeMicroseconds);
            _json.WriteNumber("limit_us"u8, reason.Limit.WholeMicroseconds);
        }
        Finish();
    }

    public void OnPriorityChanged(string instance, VrrpState state, Priority effective, string? because)
    {
        Begin(JournalKinds.Priority);
        _json.WriteString("instance"u8, JsonLine.Show(instance));
        _json.WriteString("state"u8, StateName.Of(state));
        _json.WriteNumber("priority"u8, effective.Value);
        if (because is not null)
            _json.WriteString("reason"u8, JsonLine.Show(because));
        Finish();
    }

    public void OnGroupState(string group, VrrpState state)
    {
        Begin(JournalKinds.Group);
        _json.WriteString("group"u8, JsonLine.Show(group));
        _json.WriteString("to"u8, StateName.Of(state));
        Finish();
    }

    public void OnTracked(TrackedThing thing)
    {
        Begin(JournalKinds.Tracked);
        _json.WriteString("kind"u8, JournalKinds.KindName(thing.Id.Kind));
        _json.WriteString("name"u8, JsonLine.Show(thing.Id.Name));
        _json.WriteString("reason"u8, JsonLine.Show(thing.Text));
        Finish();
    }

    public void OnConflict(string instance, in Conflict conflict)
    {
        Begin(JournalKinds.Conflict);
        _json.WriteString("instance"u8, JsonLine.Show(instance));
        _json.WriteString("kind"u8, JournalKinds.ConflictName(conflict.Kind));
        JsonLine.WriteValue(_json, "peer"u8, conflict.Peer);
        if (conflict.IsClaim)
            JsonLine.WriteValue(_json, "mac"u8, conflict.Mac);
        JsonLine.WriteValue(_json, "reason"u8, conflict);
        Finish();
    }

    /// <param name="what">What happened for so long.</param>
    public void OnStandstill(string what, Duration length)
    {
        Begin(JournalKinds.Standstill);
        _json.WriteString("reason"u8, string.Create(CultureInfo.InvariantCulture, $"{what} for {length.WholeMilliseconds / 1000}.{length.WholeMilliseconds % 1000:D3} s"));
        _json.WriteNumber("elapsed_us"u8, length.WholeMicroseconds);
        Finish();
    }

    /// <summary>Of the daemon as a whole, or of what somebody asked for.</summary>
    /// <param name="instance">Which instance it was about, if it was about one.</param>
    public void Write(string kind, string reason, string? instance = null)
    {
        Begin(kind);
        if (instance is not null)
            _json.WriteString("instance"u8, JsonLine.Show(instance));
        _json.WriteString("reason"u8, JsonLine.Show(reason));
        Finish();
    }

    public void OnTurnEnd(Instant now)
    {
        if (_written < End && _file is not null)
            WriteOut(now);
    }

    /// <summary>Where lines go from now on, beside memory; null: nowhere.</summary>
    public void Keep(RotatingFile? file)
    {
        // What is there already goes with the rest; what was meant for nowhere stays there.
        if (file is null)
            _written = End;
        _file = file;
    }

    private void WriteOut(Instant now)
    {
        if (_failure.IsError && now < _retryAt)
            return;
        ReadOnlySpan<byte> lines = LinesFrom(_written);
        OsError failure = _file!.Write(lines);
        if (failure.IsError)
        {
            // Once, however often it happens; the lines stay for the next time as long as there is room.
            if (failure.Errno != _failure.Errno)
                _log.Write(LogLevel.Warning, EventIds.Journal, $"The journal is not written: {failure}");
            (_failure, _retryAt) = (failure, now + RetryAfter);
            return;
        }
        if (_failure.IsError)
            _log.Write(LogLevel.Info, EventIds.Journal, "The journal is written again"u8);
        _failure = default;
        WrittenCount += lines.Count((byte)'\n');
        _written = End;
    }

    private void Begin(string kind)
    {
        UnixTime now = _clock();
        _json = _line.Begin();
        _json.WriteNumber("seq"u8, ++_sequence);
        _json.WriteNumber("unix_us"u8, now.Nanoseconds / 1000);
        JsonLine.WriteTime(_json, "time"u8, now);
        _json.WriteString("event"u8, kind);
    }

    private void Finish()
    {
        ReadOnlySpan<byte> line = _line.End();
        Recorder?.Event(line);
        Reserve(line.Length);
        line.CopyTo(_lines.AsSpan(_end));
        _end += line.Length;
        if (End - _written > MostUnwritten && _file is not null)
            WriteOut(MonotonicClock.Now);
    }

    // The oldest lines go, a quarter of the room at once: moving the rest is cheap then.
    private void Reserve(int length)
    {
        if (_lines.Length == 0)
            _lines = new byte[Capacity];
        if (_end + length <= Capacity)
            return;
        int least = Math.Max(Capacity / 4, _end + length - Capacity);
        int cut = _lines.AsSpan(least - 1, _end - least + 1).IndexOf((byte)'\n') is var feed and >= 0 ? least + feed : _end;
        if (_file is not null && _written < _dropped + cut)
            LostCount += _lines.AsSpan(0, cut)[(int)Math.Max(0, _written - _dropped)..].Count((byte)'\n');
        _lines.AsSpan(cut, _end - cut).CopyTo(_lines);
        _end -= cut;
        _dropped += cut;
        _written = Math.Max(_written, _dropped);
    }
}
