using System.Globalization;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Notifications;

/// <summary>Tells scripts and FIFOs what becomes of instances and sync groups (vrrp.md, section 17).</summary>
/// <remarks>
/// Everything is gathered while a turn of the loop lasts and begins when it ends, behind advertisements, addresses and announcements:
/// nobody who is told has to wait for what he is told of. The parts: what is told (this file), <c>Scripts</c> (running them in order).
/// </remarks>
internal sealed partial class Notifier : IVrrpNotifier, IGroupObserver, ITurnEnd
{
    private readonly NotifyFifos _fifos;
    private readonly Dictionary<string, VrrpSyncGroupBlock> _groups = [];
    private ScriptCatalogue? _catalogue;
    private ScriptCatalogue? _formerCatalogue;

    // A queue of its own, for all instances: nothing that is to be told of states waits for it.
    private readonly NotificationLane _conflictLane = new("watch");
    private ConfigScript? _onConflict;

    public Notifier(IScriptRunner runner, TimerQueue timers, NotifyFifos fifos, Log log)
    {
        _runner = runner;
        _timers = timers;
        _fifos = fifos;
        _log = log;
        _againTimer = timers.Register(this, (int)NotifierTimer.Again);
        _patienceTimer = timers.Register(this, (int)NotifierTimer.Patience);
    }

    /// <summary>
    /// From here on the scripts of this configuration. Jobs that wait keep theirs, and until <see cref="ForgetFormer"/> those of the former
    /// one are known too: instances that leave with a reload have their last word.
    /// </summary>
    /// <param name="patience">How long a script may run while another one of its instance waits.</param>
    /// <param name="onConflict">The script of <c>watch.notify</c>, if there is one.</param>
    public void Adopt(Configuration configuration, ScriptCatalogue catalogue, Duration patience, ConfigScript? onConflict = null)
    {
        _onConflict = onConflict;
        _formerCatalogue = _catalogue;
        _catalogue = catalogue;
        _patience = patience;
        ForgetIdleLanes(_instanceLanes, [.. configuration.VrrpInstances.Select(static instance => instance.Name)]);
        ForgetIdleLanes(_groupLanes, [.. configuration.VrrpSyncGroups.Select(static group => group.Name)]);
        _groups.Clear();
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
        {
            _groups[group.Name] = group;
            LaneOf(_groupLanes, group.Name).Members = [.. group.Members.Select(member => LaneOf(_instanceLanes, member.Name))];
        }
    }

    public void ForgetFormer() => _formerCatalogue = null;

    public void OnTransition(VrrpInstanceBlock instance, in Transition transition, Priority priority)
    {
        switch (transition.To)
        {
            case VrrpState.Active:
                Tell(instance, Notice.Master, instance.NotifyMaster, priority);
                break;
            case VrrpState.Backup:
                Tell(instance, Notice.Backup, instance.NotifyBackup, priority);
                break;
            case VrrpState.Fault:
                Tell(instance, Notice.Fault, instance.NotifyFault, priority);
                break;
            case VrrpState.Initialize when transition.Reason.Cause == TransitionCause.Shutdown:
                Tell(instance, Notice.Stop, instance.NotifyStop, priority);
                break;
            case VrrpState.Initialize when instance.NotifyDeleted is { } deleted:
                Tell(instance, Notice.Deleted, deleted.Script, priority);
                break;
            // Whoever does not know DELETED is told what it comes to.
            case VrrpState.Initialize when transition.From != VrrpState.Fault:
                Tell(instance, Notice.Fault, instance.NotifyFault, priority);
                break;
            default:
                break;
        }
    }

    public void OnLowerPriorityHeard(VrrpInstanceBlock instance, Priority priority)
    {
        // Without the generic notify: that is for states.
        Queue(LaneOf(_instanceLanes, instance.Name), Notice.MasterHearsLower, instance.NotifyActiveHearsLower, []);
        _fifos.Write(isGroup: false, instance.Name, Notice.MasterHearsLower, priority.Value);
    }

    public void OnPriorityChanged(VrrpInstanceBlock instance, VrrpState state, Priority priority)
    {
        if (instance.NotifyPriorityChanges)
            _fifos.Write(isGroup: false, instance.Name, state == VrrpState.Active ? Notice.MasterPriority : Notice.BackupPriority, priority.Value);
    }

    public void OnConflict(VrrpInstanceBlock instance, in Conflict conflict)
    {
        if (_onConflict is null)
            return;
        Queue(
            _conflictLane, Notice.Conflict, _onConflict,
            [
                JournalKinds.ConflictName(conflict.Kind), instance.Name, Number(instance.VirtualRouterId), $"{conflict.Peer}",
                conflict.IsClaim ? $"{conflict.Mac}" : "-", Number(conflict.Count),
            ]);

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    public void OnGroupState(string group, VrrpState state)
    {
        if (!_groups.TryGetValue(group, out VrrpSyncGroupBlock? block))
            return;
        (Notice notice, ConfigScript? script) = state switch
        {
            VrrpState.Active => (Notice.Master, block.NotifyMaster),
            VrrpState.Backup => (Notice.Backup, block.NotifyBackup),
            VrrpState.Fault => (Notice.Fault, block.NotifyFault),
            _ => (Notice.Stop, block.NotifyStop),
        };
        NotificationLane lane = LaneOf(_groupLanes, group);
        Queue(lane, notice, script, []);
        Queue(lane, notice, block.Notify, ["GROUP", group, NoticeNames.Of(notice), "0"]);
        _fifos.Write(isGroup: true, group, notice, 0);
    }

    /// <summary>The state as it is, for the FIFOs only: after a reload, where that is wanted.</summary>
    public void RepeatState(bool isGroup, string name, VrrpState state, int priority)
    {
        if (state != VrrpState.Initialize)
            _fifos.Write(isGroup, name, NoticeOf(state), priority);
    }

    public void OnTurnEnd(Instant now)
    {
        _fifos.Flush();
        StartScripts(now);
    }

    private void Tell(VrrpInstanceBlock instance, Notice notice, ConfigScript? script, Priority priority)
    {
        // Most have neither, and there may be a thousand.
        if (script is not null || instance.Notify is not null)
        {
            NotificationLane lane = LaneOf(_instanceLanes, instance.Name);
            Queue(lane, notice, script, []);
            if (instance.Notify is not null)
            {
                string number = priority.Value.ToString(CultureInfo.InvariantCulture);
                Queue(lane, notice, instance.Notify, ["INSTANCE", instance.Name, NoticeNames.Of(notice), number]);
            }
        }
        _fifos.Write(isGroup: false, instance.Name, notice, priority.Value);
    }

    private static Notice NoticeOf(VrrpState state) => state switch
    {
        VrrpState.Active => Notice.Master,
        VrrpState.Backup => Notice.Backup,
        _ => Notice.Fault,
    };
}
