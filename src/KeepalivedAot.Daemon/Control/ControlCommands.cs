using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Control;

/// <summary>Does what is asked for on the control socket.</summary>
internal sealed class ControlCommands(
    VrrpModule vrrp, EventJournal journal, MaintenanceMode maintenance, PriorityRequests priorities, StatusWriter status)
{
    /// <summary>Set when the daemon is put together.</summary>
    public IDaemonCommands? Daemon { get; set; }

    /// <param name="who">For the journal and for reasons.</param>
    public IControlReply Execute(ControlRequest request, string who, Instant now)
    {
        VrrpInstance? instance = null;
        if (request.Instance is { } name && !TryFind(name, out instance, out string problem))
            return ControlAnswer.Fail(ControlAnswer.NotFound, problem);
        return request.Verb switch
        {
            ControlVerb.Status => new StatusReply(status, vrrp, instance),
            ControlVerb.Events => new EventsReply(journal, instance?.Name, request.Follow),
            ControlVerb.Failover => Failover(instance!, request, who, now),
            ControlVerb.Maintenance => request.On == true ? BeginMaintenance(request, who, now) : EndMaintenance(who, now),
            ControlVerb.Priority => ChangePriority(instance!, request, who, now),
            ControlVerb.Garp => Announce(instance!, who),
            ControlVerb.Reload => Daemon!.Reload(),
            ControlVerb.Plan => Daemon!.Plan(request.File!, request.AsJson),
            ControlVerb.Dump => Daemon!.Dump(request.What!),
            _ => Daemon!.SetLogLevel(request.What!),
        };
    }

    private ControlAnswer Failover(VrrpInstance instance, ControlRequest request, string who, Instant now)
    {
        if (instance.Router.State != VrrpState.Active)
            return ControlAnswer.Fail(ControlAnswer.Refused, $"{Shown(instance)} is {StateName.Of(instance.Router.State)}: only a MASTER can give its role up");
        string why = Because("failover", request.Reason, who);
        journal.Write(JournalKinds.Request, why, instance.Name);
        vrrp.Recorder?.Yields(instance, why, now);
        instance.Router.Yield(now, why);
        string group = instance.Router.Group is { } together ? $", and with it all of sync group {JsonLine.Show(together.Name)}" : "";
        return ControlAnswer.Done(
            $"{Shown(instance)} has given its role up{group}: another router takes it and keeps it. If none does, it is taken back after {Seconds(instance.Router.ActiveDownInterval)} s.");
    }

    private ControlAnswer BeginMaintenance(ControlRequest request, string who, Instant now)
    {
        Duration? length = request.Seconds is { } seconds ? Duration.FromSeconds(seconds) : null;
        OsError failure = maintenance.Begin(request.Reason, length, who, now);
        string until = maintenance.Current!.Until is { } end ? $"until {PeopleTime.Show(end)}" : "until it is switched off";
        return failure.IsError
            ? ControlAnswer.Done($"Maintenance {until}. It would not survive a restart: {failure}")
            : ControlAnswer.Done($"Maintenance {until}: this router stays out of all elections.");
    }

    private ControlAnswer EndMaintenance(string who, Instant now)
        => maintenance.End($"ended by {who}", now, out OsError failure)
            ? ControlAnswer.Done(
                $"Maintenance is over: this router takes part in elections again.{(failure.IsError ? $" A restart would begin it again: {failure}" : "")}")
            : ControlAnswer.Done("There is no maintenance.");

    private ControlAnswer ChangePriority(VrrpInstance instance, ControlRequest request, string who, Instant now)
    {
        if (instance.Router.Parameters.BasePriority.IsOwner)
            return ControlAnswer.Fail(ControlAnswer.Refused, $"{Shown(instance)} owns its addresses: its priority is always 255");
        int amount = request.Amount!.Value;
        Duration? length = request.Seconds is { } seconds ? Duration.FromSeconds(seconds) : null;
        // Whoever wants it to win now does not want it to stand back any more.
        if (amount > 0)
        {
            vrrp.Recorder?.StopsYielding(instance);
            instance.Router.StopYielding();
        }
        priorities.Make(instance, amount, length, Because("asked for", request.Reason, who), now);
        string howLong = amount == 0 ? "" : length is { } given ? string.Create(CultureInfo.InvariantCulture, $" for {given.WholeSeconds} s") : " until it is taken back (priority +0) or the daemon is restarted";
        return ControlAnswer.Done(string.Create(CultureInfo.InvariantCulture, $"{Shown(instance)} has priority {instance.Router.EffectivePriority.Value} now ({amount:+0;-0;+0}){howLong}."));
    }

    private ControlAnswer Announce(VrrpInstance instance, string who)
    {
        vrrp.Recorder?.AnnouncesAgain(instance);
        if (!instance.Router.AnnounceAgain())
            return ControlAnswer.Fail(ControlAnswer.Refused, $"{Shown(instance)} is {StateName.Of(instance.Router.State)}: only a MASTER announces addresses");
        journal.Write(JournalKinds.Request, $"addresses announced again ({who})", instance.Name);
        return ControlAnswer.Done($"{Shown(instance)} announces its addresses.");
    }

    private bool TryFind(string name, [NotNullWhen(true)] out VrrpInstance? instance, out string problem)
    {
        problem = "";
        foreach (VrrpInstance it in vrrp.Instances)
        {
            instance = it;
            if (it.Name == name)
                return true;
        }
        instance = null;
        string? meant = Config.Reference.DidYouMean.Nearest(name, vrrp.Instances.Select(static it => it.Name));
        problem = $"there is no instance {JsonLine.Show(name)}{(meant is null ? "" : $"; did you mean {JsonLine.Show(meant)}?")}";
        return false;
    }

    private static string Because(string what, string? reason, string who) => reason is null ? $"{what}, {who}" : $"{what}: {reason}, {who}";

    private static string Shown(VrrpInstance instance) => JsonLine.Show(instance.Name);

    // Cut to milliseconds, as in reasons.
    private static string Seconds(Duration duration) => Duration.FromMilliseconds(duration.WholeMilliseconds).ToString();
}
