using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Tracking.Processes;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Launch;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tracking.Scripts;
using DumpsOfDaemon = KeepalivedAot.Daemon.Dumps.Dumps;

namespace KeepalivedAot.Tests.Unit.Daemon.Dumps;

/// <summary>Dumps of a <see cref="ModelRouter"/> into a directory of their own.</summary>
internal sealed class ModelDumps : IScriptReports, IProcessReports, ILogSink, IScriptTrackerEffects, IDisposable
{
    private readonly List<ScriptProgram> _programs = [];
    private readonly Dictionary<string, ScriptTracker> _trackers = [];

    /// <param name="infix">What tells several daemons apart.</param>
    public ModelDumps(ModelRouter router, string infix = "")
    {
        Router = router;
        Directory = System.IO.Directory.CreateTempSubdirectory("ka-dumps-").FullName;
        Log log = new(this);
        DumpHost host = new(null, null, "host1", null, 77);
        Dumps = new DumpsOfDaemon(router.Module, this, this, router.World, new WallTimes(), new DumpNames(Directory, infix), host, log, log);
        Dumps.Adopt(router.Configuration);
    }

    public ModelRouter Router { get; }

    public DumpsOfDaemon Dumps { get; }

    public string Directory { get; }

    public List<string> Lines { get; } = [];

    /// <summary>Dumps, and turns the loop until that is over.</summary>
    public OsError Write(DumpKind kind)
    {
        OsError? outcome = null;
        Dumps.Begin(kind, failure => outcome = failure);
        while (outcome is null)
            Router.Advance(0);
        return outcome.Value;
    }

    public string this[string file] => File.ReadAllText(Path.Combine(Directory, file));

    public string[] Files => [.. System.IO.Directory.GetFileSystemEntries(Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    (uint User, uint Group) IScriptReports.DefaultUser => (0, 0);

    /// <summary>A script that has been run so often, with success or without.</summary>
    public void Run(string name, bool succeeds)
    {
        ScriptTracker tracker = FindTracker(name)!;
        if (tracker.State == ScriptRunState.Idle)
            tracker.OnTimer(0, Router.World.Now, Router.World.Now);
        tracker.OnExited(succeeds ? 0 : 1, Router.World.Now);
    }

    public ScriptProgram? Find(ConfigScript? script) => script is null ? null : Make(script.Command);

    public ScriptProgram? Find(ConfigCommand? script) => script is null ? null : Make(script.Command);

    public ScriptTracker? FindTracker(string name)
    {
        if (_trackers.TryGetValue(name, out ScriptTracker? known))
            return known;
        VrrpScriptBlock block = Router.Configuration.VrrpScripts.Single(script => script.Name == name);
        ScriptTracker tracker = new(
            new ScriptTrackerParameters(block.Name, block.Script!.Command, block.Interval, block.Timeout, block.Rise, block.Fall), Router.World.Timers, this,
            new ScriptTrackerLog(new Log(this)));
        _trackers.Add(name, tracker);
        tracker.Start(Router.World.Now);
        return tracker;
    }

    ProcessKind? IProcessReports.FindProcess(string name) => null;

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Lines.Add(System.Text.Encoding.UTF8.GetString(line));

    void IScriptTrackerEffects.Run(ScriptTracker tracker, Instant now)
    {
        // The test says how it ends.
    }

    void IScriptTrackerEffects.OnChanged(ScriptTracker tracker, Instant now)
    {
        // Nobody's priority depends on it here.
    }

    public void Dispose()
    {
        Dumps.Dispose();
        foreach (ScriptProgram program in _programs)
            program.Release();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private ScriptProgram Make(string command)
    {
        // Where the host that was recorded has it.
        string[] words = command.Replace("/bin/", "/usr/bin/", StringComparison.Ordinal).Split(' ');
        SpawnRequest request = new() { Path = words[0], Arguments = words, Environment = [] };
        ScriptProgram program = new("a script", new LaunchProgram(request)) { Command = string.Join(' ', words.Select(static word => $"'{word}'")) };
        _programs.Add(program);
        return program;
    }
}
