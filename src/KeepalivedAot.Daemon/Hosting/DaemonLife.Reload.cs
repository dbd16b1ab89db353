using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Hosting;

// A reload: read, checked and planned in turns of the loop of their own, before anything changes; then applied in one.
internal sealed partial class DaemonLife
{
    // Bytes of a configuration that is read and compared in some milliseconds, on a small machine too.
    private const long MostInRealTime = 256 << 10;

    private readonly ReloadReading _reading;
    private readonly ReloadSchedule _schedule;
    private readonly ReloadWatch _watch;

    // What the next configuration is compared with.
    private PlannedSide? _running;

    // What could not be read of the running configuration, which runs all the same.
    private HashSet<string> _knownErrors = [];

    // As the running configuration has it, also when a later one is refused.
    private bool _watchesFiles;

    // While the start is not over, or the stop has begun, there is nothing that could be reloaded.
    private bool _mayReload;
    private bool _isReloadWanted;
    private bool _isReloading;
    private List<Action<ReloadOutcome>> _waiting = [];
    private List<Action<ReloadOutcome>> _askers = [];
    private Instant _reloadBegan;
    private LoadResult? _read;
    private string? _reloadFile;

    /// <summary>What became of the last reload that is over; null when there was none.</summary>
    public ReloadOutcome? LastReload { get; private set; }

    /// <summary>
    /// Goes over to the configuration as it is on disk now; during the start or another reload, when that is over. It returns at once.
    /// </summary>
    /// <param name="done">Is told when it has been taken or refused; not when the daemon ends before.</param>
    public void RequestReload(Action<ReloadOutcome>? done = null)
    {
        _isReloadWanted = true;
        if (done is not null)
            _waiting.Add(done);
        if (_isReloading)
            _log.Write(LogLevel.Info, EventIds.ReloadQueued, "Reload already in progress, request queued"u8);
        ReloadIfWanted();
    }

    private void ReloadIfWanted()
    {
        if (!_isReloadWanted || !_mayReload || _isReloading)
            return;
        _isReloadWanted = false;
        _isReloading = true;
        (_askers, _waiting) = (_waiting, []);
        _reloadBegan = _loop.Now;
        _logs.OpenFiles(_identity.Suffix);
        _log.Write(LogLevel.Info, EventIds.Reloading, "Reloading ..."u8);
        _parts.Service.OnReloading(_reloadBegan);
        MakeReloadFile();
        _watch.OnReading();
        _reading.Begin(Check);
    }

    private void Check(LoadResult read)
    {
        _read = read;
        RemoveReloadFile();
        // From here on each step is as long as the configuration; a short one need not give way to everybody on a busy host.
        if (read.Memory > MostInRealTime)
            _parts.Settings.RelaxForReload();
        string? changed = read.CanRun ? _identity.FixedDifference(DaemonIdentity.Of(_options, read.Configuration)) : null;
        // What is for another namespace need not be compared with this one.
        if (changed is null)
            _foundation.Recorder?.Configuration(read);
        if (changed is null)
            read = _foundation.Reader.CheckAgainstHost(read, isTest: false);
        _reading.Then(() => Decide(read, changed));
    }

    private void Decide(LoadResult read, string? changed)
    {
        ConfigurationReader.Log(read, _log);
        if (ReadingErrors.Refuse(read, _knownErrors))
        {
            Refuse(read, "the new configuration is wrong");
            return;
        }
        if (changed is not null)
        {
            _log.Write(LogLevel.Error, EventIds.ReloadRefused, $"Cannot change {changed} at a reload - please restart keepalived");
            Refuse(read, $"the {changed} cannot change at a reload, the new configuration needs a restart");
            return;
        }
        // As at a start: a MASTER that cannot have its addresses keeps them from those who can.
        if (!Privileges.Check(_options, read.Configuration, _log))
        {
            Refuse(read, "the new configuration needs a right that is missing");
            return;
        }
        ConfigurationPrinting printing = new(read.Configuration);
        _reading.InSlices(printing.Next, () => Plan(read, PlannedSide.Of(read, printing, _identity, keepsText: false)));
    }

    private void Plan(LoadResult read, PlannedSide next)
    {
        ReloadPlan plan = ReloadPlan.Make(_running!, next);
        _reading.Then(() => GoOverTo(read, next, plan));
    }

    private void Refuse(LoadResult read, string why)
    {
        _log.Write(LogLevel.Error, EventIds.ReloadRefused, $"Reload refused: {why}, the running one stays");
        _foundation.Recorder?.Refused();
        _parts.Vrrp.ForgetInterfaces();
        _parts.Settings.Restore();
        WipeKeys(read.Configuration);
        EndReload(read, why, plan: null);
    }

    private void GoOverTo(LoadResult read, PlannedSide next, ReloadPlan plan)
    {
        string summary = plan.Summary;
        _log.Write(LogLevel.Info, EventIds.ReloadPlan, $"Reload plan: {summary}");
        _running = next;
        Adopt(read);
        _parts.Scripts.Prepare(read);
        _parts.Scripts.OpenFifos(read.Configuration, _options.Modules);
        if (RunsVrrp)
        {
            // What the reload brings about is mailed as the new configuration has it.
            _parts.Alerts.Adopt(read, new HostFiles(), _log);
            _parts.Trackers.Reload(read.Configuration, _loop.Now);
            _parts.Vrrp.Reload(read.Configuration, plan, _loop.Now);
            _parts.Scripts.RunTracked(read.Configuration, _parts.Vrrp);
        }
        _parts.Scripts.EndReload(_parts.Vrrp);
        _parts.Settings.Apply(read.Configuration.GlobalDefs);
        _log.Write(LogLevel.Info, EventIds.ReloadComplete, "Reload complete"u8);
        _parts.Control.Adopt(read.Settings, _loop.Now);
        WipeKeys(read.Configuration);
        EndReload(read, refusal: null, summary);
    }

    private void EndReload(LoadResult read, string? refusal, string? plan)
    {
        string findings = read.Diagnostics.Count == 0 ? "" : new DiagnosticRenderer(read.Sources).Render(read.Diagnostics);
        read.Sources.Wipe();
        _watch.OnRead(_watchesFiles);
        // A refused one has left as much behind as one that was taken.
        _parts.Trim.Schedule(_loop.Now);
        _read = null;
        _isReloading = false;
        LastReload = new ReloadOutcome(_foundation.World.UnixNow, _loop.Now - _reloadBegan, refusal, findings, plan);
        _parts.Reloads.Add(LastReload);
        _parts.Control.Journal.Write(
            LastReload.IsAccepted ? JournalKinds.Reloaded : JournalKinds.ReloadRefused, LastReload.IsAccepted ? $"reload: {plan}" : $"reload refused: {refusal}, the running one stays");
        _parts.Service.OnReloaded(LastReload.IsAccepted);
        foreach (Action<ReloadOutcome> asker in _askers)
            asker(LastReload);
        _askers = [];
        ReloadIfWanted();
    }

    // The daemon ends.
    private void AbandonReload()
    {
        _schedule.Stop();
        _watch.Stop();
        _isReloadWanted = false;
        _reading.GiveUp();
        if (!_isReloading)
            return;
        RemoveReloadFile();
        if (_read is not null)
            WipeKeys(_read.Configuration);
        _read?.Sources.Wipe();
    }

    // What a router has made hashes of, and what none was made of.
    private static void WipeKeys(Configuration configuration)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.WipeSecrets();
    }

    // By it others see that the files are being read, and do not change them meanwhile.
    private void MakeReloadFile()
    {
        if (_running?.Configuration.GlobalDefs.ReloadFile is not { } given)
            return;
        _reloadFile = given.Length > 0 ? given : _identity.ReloadFile;
        OsError failure = SmallFile.Write(_reloadFile, []);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.ReloadFile, $"Cannot make the file of reload_file: {failure}");
    }

    private void RemoveReloadFile()
    {
        if (_reloadFile is null)
            return;
        OsError failure = FileSystem.Remove(_reloadFile);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.ReloadFile, $"Cannot remove the file of reload_file: {failure}");
        _reloadFile = null;
    }
}
