using System.Buffers;
using System.Text.Json;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The router stays out of elections for a while: all instances are in FAULT, whatever else is well. It survives a restart, and ends by itself.</summary>
/// <remarks>
/// Somebody may set the clock on the wall: its length is that of the time that passes, also while the daemon does not run and while the machine is
/// suspended. Only what lasts beyond a start of the machine ends when the clock on the wall shows so, which is looked at again and again.
/// </remarks>
internal sealed class MaintenanceMode : ITimerOwner
{
    private const int LongestFile = 4096;
    private const uint DirectoryMode = 0x1ED; // 0755
    private const int FileMode = 0x1A4; // 0644

    private static readonly Duration LookAgain = Duration.FromSeconds(30);

    // By more than this the clock on the wall was set, and not just kept right.
    private static readonly Duration Adjusted = Duration.FromSeconds(1);

    private readonly VrrpModule _vrrp;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;
    private readonly Func<UnixTime> _clock;
    private readonly IUptime _uptime;
    private readonly EventJournal _journal;
    private readonly string _path;
    private readonly Log _log;
    private Details? _current;

    // Uptime at the end; null where only the clock on the wall tells it, and while there is none.
    private Duration? _end;

    public MaintenanceMode(VrrpModule vrrp, TimerQueue timers, Func<UnixTime> clock, IUptime uptime, EventJournal journal, string path, Log log)
    {
        _vrrp = vrrp;
        _timers = timers;
        _timer = timers.Register(this, 0);
        _clock = clock;
        _uptime = uptime;
        _journal = journal;
        _path = path;
        _log = log;
    }

    /// <param name="Until">As the clock shows it at the moment; null: until it is taken back.</param>
    /// <param name="By">Who asked for it.</param>
    public sealed record Details(UnixTime Since, UnixTime? Until, string? Reason, string By);

    /// <summary>Null while there is none.</summary>
    public Details? Current => _end is { } end ? _current! with { Until = _clock() + (end - _uptime.Now) } : _current;

    /// <summary>Before the instances start: what an earlier run was told still holds.</summary>
    public void Resume(Instant now)
    {
        OsError failure = FileReader.TryRead(_path, LongestFile, out byte[] content);
        if (failure.Errno is Errno.ENOENT or Errno.ENOTDIR)
            return;
        if (failure.IsError || Read(content, out _end) is not { } found)
        {
            _log.Write(LogLevel.Error, EventIds.Maintenance, $"Whether there is maintenance cannot be told, so there is none: {(failure.IsError ? failure.ToString() : $"{_path} makes no sense")}");
            return;
        }
        _current = found;
        if (Left <= Duration.Zero)
        {
            _log.Write(LogLevel.Info, EventIds.Maintenance, $"Maintenance ended at {PeopleTime.Show(Current!.Until!.Value)}, while the daemon did not run");
            (_current, _end) = (null, null);
            Forget();
            return;
        }
        _vrrp.BeginMaintenance(Text(found), now);
        Tell($"goes on after the restart{Limits(Current!)}");
        Arm(now);
    }

    /// <returns>Why a restart will not know of it; it is in force all the same.</returns>
    public OsError Begin(string? reason, Duration? length, string by, Instant now)
    {
        UnixTime since = _clock();
        _current = new Details(since, length is { } given ? since + given : null, reason, by);
        _end = length is { } lasting ? _uptime.Now + lasting : null;
        OsError failure = Keep(_current);
        Tell($"begins{Limits(_current)}");
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.Maintenance, $"Maintenance would not survive a restart: {failure}");
        _vrrp.BeginMaintenance(Text(_current), now);
        Arm(now);
        return failure;
    }

    private OsError Keep(Details current)
    {
        OsError failure = FileSystem.MakeDirectories(Path.GetDirectoryName(_path)!, DirectoryMode);
        return failure.IsError ? failure : AtomicFile.Write(_path, Write(current), FileMode, Durability.Renamed);
    }

    /// <param name="failure">Why a restart would begin it again.</param>
    /// <returns>False: there was none.</returns>
    public bool End(string why, Instant now, out OsError failure)
    {
        failure = OsError.None;
        if (_current is null)
            return false;
        (_current, _end) = (null, null);
        _timers.Disarm(_timer);
        failure = Forget();
        Tell($"is over: {why}");
        _vrrp.EndMaintenance("maintenance is over", now);
        return true;
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (Left <= Duration.Zero)
        {
            End("its time has passed", now, out _);
            return;
        }
        FollowClock();
        Arm(now);
    }

    private Duration Left => _end is { } end ? end - _uptime.Now
        : _current?.Until is { } until ? Duration.FromNanoseconds(until.Nanoseconds - _clock().Nanoseconds)
        : Duration.MaxValue;

    // After the next start of the machine the file tells it by the clock on the wall, as that is now.
    private void FollowClock()
    {
        if (_end is null || Current is not { Until: { } until } current)
            return;
        Duration set = Duration.FromNanoseconds(until.Nanoseconds - _current!.Until!.Value.Nanoseconds);
        if (set < Adjusted && Duration.Zero - set < Adjusted)
            return;
        _current = current;
        OsError failure = Keep(current);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.Maintenance, $"After a restart of the machine maintenance would end at another time: {failure}");
    }

    private void Arm(Instant now)
    {
        if (_current?.Until is null)
            _timers.Disarm(_timer);
        else
            _timers.Arm(_timer, now + Duration.Max(Duration.Zero, Duration.Min(LookAgain, Left)));
    }

    private OsError Forget()
    {
        OsError failure = FileSystem.Remove(_path);
        if (failure.IsError)
            _log.Write(LogLevel.Error, EventIds.Maintenance, $"A restart would begin maintenance again: {failure}");
        return failure;
    }

    private void Tell(string what)
    {
        _log.Write(LogLevel.Info, EventIds.Maintenance, $"Maintenance {what}");
        _journal.Write(JournalKinds.Maintenance, $"maintenance {what}");
    }

    private static string Limits(Details of)
        => $"{(of.Until is { } until ? $" until {PeopleTime.Show(until)}" : "")}{(of.Reason is { } reason ? $": {reason}" : "")} ({of.By})";

    private static string Text(Details of) => of.Reason is null ? "maintenance" : $"maintenance: {of.Reason}";

    private ReadOnlySpan<byte> Write(Details of)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("since_unix_us"u8, of.Since.Nanoseconds / 1000);
            if (of.Until is { } until)
                json.WriteNumber("until_unix_us"u8, until.Nanoseconds / 1000);
            if (_end is { } end)
            {
                json.WriteNumber("until_uptime_us"u8, end.WholeMicroseconds);
                json.WriteString("boot"u8, _uptime.Boot);
            }
            if (of.Reason is not null)
                json.WriteString("reason"u8, of.Reason);
            json.WriteString("by"u8, of.By);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        return bytes.WrittenSpan;
    }

    // Uptimes of another boot say nothing.
    private Details? Read(byte[] content, out Duration? end)
    {
        end = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || TimeOf(root, "since_unix_us") is not { } since)
                return null;
            UnixTime? until = TimeOf(root, "until_unix_us");
            if (until is not null && TimeOf(root, "until_uptime_us") is { } uptime && TextOf(root, "boot") is { Length: > 0 } boot && boot == _uptime.Boot)
                end = Duration.FromNanoseconds(uptime.Nanoseconds);
            return new Details(since, until, TextOf(root, "reason"), TextOf(root, "by") ?? "somebody");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static UnixTime? TimeOf(JsonElement root, string name)
        => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long microseconds)
            && Math.Abs(microseconds) < long.MaxValue / 1000
            ? new UnixTime(microseconds * 1000) : null;

    private static string? TextOf(JsonElement root, string name)
        => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: <= ControlRequest.LongestReason } text && !text.Any(char.IsControl) ? text : null;
}
