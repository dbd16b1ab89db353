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
/// <remarks>Its end is a time of the clock on the wall, which somebody may set: it is looked at again and again.</remarks>
internal sealed class MaintenanceMode : ITimerOwner
{
    private const int LongestFile = 4096;
    private const uint DirectoryMode = 0x1ED; // 0755
    private const int FileMode = 0x1A4; // 0644

    private static readonly Duration LookAgain = Duration.FromSeconds(30);

    private readonly VrrpModule _vrrp;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;
    private readonly Func<UnixTime> _clock;
    private readonly EventJournal _journal;
    private readonly string _path;
    private readonly Log _log;

    public MaintenanceMode(VrrpModule vrrp, TimerQueue timers, Func<UnixTime> clock, EventJournal journal, string path, Log log)
    {
        _vrrp = vrrp;
        _timers = timers;
        _timer = timers.Register(this, 0);
        _clock = clock;
        _journal = journal;
        _path = path;
        _log = log;
    }

    /// <param name="Until">Null: until it is taken back.</param>
    /// <param name="By">Who asked for it.</param>
    public sealed record Details(UnixTime Since, UnixTime? Until, string? Reason, string By);

    /// <summary>Null while there is none.</summary>
    public Details? Current { get; private set; }

    /// <summary>Before the instances start: what an earlier run was told still holds.</summary>
    public void Resume(Instant now)
    {
        OsError failure = FileReader.TryRead(_path, LongestFile, out byte[] content);
        if (failure.Errno is Errno.ENOENT or Errno.ENOTDIR)
            return;
        if (failure.IsError || Read(content) is not { } found)
        {
            _log.Write(LogLevel.Error, EventIds.Maintenance, $"Whether there is maintenance cannot be told, so there is none: {(failure.IsError ? failure.ToString() : $"{_path} makes no sense")}");
            return;
        }
        if (found.Until is { } until && until.Nanoseconds <= _clock().Nanoseconds)
        {
            _log.Write(LogLevel.Info, EventIds.Maintenance, $"Maintenance ended at {PeopleTime.Show(until)}, while the daemon did not run");
            Forget();
            return;
        }
        Current = found;
        _vrrp.BeginMaintenance(Text(found), now);
        Tell($"goes on after the restart{Limits(found)}");
        Arm(now);
    }

    /// <returns>Why a restart will not know of it; it is in force all the same.</returns>
    public OsError Begin(string? reason, Duration? length, string by, Instant now)
    {
        UnixTime since = _clock();
        Current = new Details(since, length is { } given ? since + given : null, reason, by);
        OsError failure = FileSystem.MakeDirectories(StatePaths.State, DirectoryMode);
        if (!failure.IsError)
            failure = AtomicFile.Write(_path, Write(Current), FileMode, Durability.Renamed);
        Tell($"begins{Limits(Current)}");
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.Maintenance, $"Maintenance would not survive a restart: {failure}");
        _vrrp.BeginMaintenance(Text(Current), now);
        Arm(now);
        return failure;
    }

    /// <param name="failure">Why a restart would begin it again.</param>
    /// <returns>False: there was none.</returns>
    public bool End(string why, Instant now, out OsError failure)
    {
        failure = OsError.None;
        if (Current is null)
            return false;
        Current = null;
        _timers.Disarm(_timer);
        failure = Forget();
        Tell($"is over: {why}");
        _vrrp.EndMaintenance("maintenance is over", now);
        return true;
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (Current?.Until is { } until && until.Nanoseconds <= _clock().Nanoseconds)
            End("its time has passed", now, out _);
        else
            Arm(now);
    }

    private void Arm(Instant now)
    {
        if (Current?.Until is { } until)
            _timers.Arm(_timer, now + Duration.Max(Duration.Zero, Duration.Min(LookAgain, Duration.FromNanoseconds(until.Nanoseconds - _clock().Nanoseconds))));
        else
            _timers.Disarm(_timer);
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

    private static ReadOnlySpan<byte> Write(Details of)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("since_unix_us"u8, of.Since.Nanoseconds / 1000);
            if (of.Until is { } until)
                json.WriteNumber("until_unix_us"u8, until.Nanoseconds / 1000);
            if (of.Reason is not null)
                json.WriteString("reason"u8, of.Reason);
            json.WriteString("by"u8, of.By);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        return bytes.WrittenSpan;
    }

    private static Details? Read(byte[] content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || TimeOf(root, "since_unix_us") is not { } since)
                return null;
            return new Details(since, TimeOf(root, "until_unix_us"), TextOf(root, "reason"), TextOf(root, "by") ?? "somebody");
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
