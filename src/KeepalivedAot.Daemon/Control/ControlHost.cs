using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Control;

/// <summary>Everything behind the control socket, put together, and the journal.</summary>
internal sealed class ControlHost : IDisposable
{
    private readonly EventLoop _loop;
    private readonly StatePaths _paths;
    private readonly Log _log;
    private readonly RotatingFile _journalFile;
    private readonly ControlServer _server;
    private readonly ControlCommands _commands;

    /// <param name="journal">Made before the instances, which write into it.</param>
    public ControlHost(EventLoop loop, VrrpModule vrrp, EventJournal journal, RotatingFile journalFile, StatePaths paths, WallTimes times, string configurationFile, Log log)
    {
        _loop = loop;
        _paths = paths;
        _log = log;
        _journalFile = journalFile;
        Journal = journal;
        Maintenance = new MaintenanceMode(vrrp, loop.Timers, static () => WallClock.Now, new MachineUptime(), journal, paths.Maintenance, log);
        PriorityRequests priorities = new(vrrp, loop.Timers, journal);
        Status = new StatusWriter(loop, static () => WallClock.Now, times, journal)
        {
            Maintenance = Maintenance, Priorities = priorities, ConfigurationFile = configurationFile, JournalFile = paths.Journal,
        };
        _commands = new ControlCommands(vrrp, journal, Maintenance, priorities, Status);
        _server = new ControlServer(loop, _commands, log);
    }

    public EventJournal Journal { get; }

    public MaintenanceMode Maintenance { get; }

    public StatusWriter Status { get; }

    /// <summary>Who does what is asked of the daemon itself.</summary>
    public IDaemonCommands? Daemon
    {
        get => _commands.Daemon;
        set => _commands.Daemon = value;
    }

    /// <summary>From now on by these settings.</summary>
    public void Adopt(Settings settings, Instant now)
    {
        if (settings.Journal.IsEnabled)
            MakeDirectory();
        Journal.Keep(settings.Journal.IsEnabled ? _journalFile : null);
        _journalFile.Limit = (long)settings.Journal.Kibibytes << 10;
        Status.JournalFile = settings.Journal.IsEnabled ? _paths.Journal : "";
        uint? group = null;
        if (settings.Control.Group.Length > 0)
        {
            group = new HostAccounts(new HostFiles()).GroupNumber(settings.Control.Group);
            if (group is null)
                _log.Write(LogLevel.Warning, EventIds.ControlSocket, $"There is no group {settings.Control.Group}: the control socket is for root only");
        }
        _server.Adopt(settings.Control.IsEnabled, _paths.Socket, group, now);
    }

    /// <summary>They have their place in each turn of the loop.</summary>
    public void JoinTurns()
    {
        // Who follows is told of what is in the file already.
        _loop.AddTurnEnd(Journal);
        _loop.AddTurnEnd(_server);
    }

    public void Dispose()
    {
        Journal.OnTurnEnd(_loop.Now);
        _server.Dispose();
        _journalFile.Dispose();
    }

    private void MakeDirectory()
    {
        const uint Everyone = 0x1ED; // 0755
        const uint Group = 0x1E8; // 0750
        var failure = FileSystem.MakeDirectories(StatePaths.State, Everyone);
        if (!failure.IsError)
            failure = FileSystem.MakeDirectory(StatePaths.Journals, Group);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.Journal, $"The journal is kept in memory only: {failure}");
    }
}
