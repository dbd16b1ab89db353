using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>
/// <c>VRRP Instance = NAME</c> and what belongs to it. Programs read this: which lines there are, in which order and with which values, is keepalived
/// 2.4.3's (daemon.md, section 3).
/// </summary>
internal static partial class InstanceSection
{
    public static void Add(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpInstanceBlock block = instance.Block;
        text.Line($" VRRP Instance = {instance.Name}");
        text.Line($"   VRRP Version = {block.Version}");
        if (block.SyncGroup is { } group)
            text.Line($"   Sync group = {group.Name}");
        if (block.Family == AddressFamily.IPv6)
            text.Line("   Using Native IPv6"u8);
        AddState(text, instance, subject);
        AddInterface(text, instance);
        AddAnnouncements(text, instance, subject);
        AddElection(text, instance, subject);
        AddAuthentication(text, block);
        AddAddresses(text, instance);
        AddPeers(text, instance);
        if (instance.Receiver is { } receiver)
            text.Line($"   fd_in {receiver.Descriptors.In}, fd_out {receiver.Descriptors.Out}");
        else
            text.Line("   No sockets allocated"u8);
        AddRouting(text, block);
        TrackSection.Add(text, TrackedLines.Of(block), isGroup: false);
        text.Line($"   Using smtp notification = {(block.SmtpAlert ? "yes" : "no")}");
        text.Line($"   Notify deleted = {(block.NotifyDeleted is null ? "Fault" : "Deleted")}");
        AddScript(text, "Backup", block.NotifyBackup, subject);
        AddScript(text, "Master", block.NotifyMaster, subject);
        AddScript(text, "Fault", block.NotifyFault, subject);
        AddScript(text, "Stop", block.NotifyStop, subject);
        AddScript(text, "Deleted", block.NotifyDeleted?.Script, subject);
        AddScript(text, "Generic", block.Notify, subject);
        AddScript(text, "Master rx lower pri", block.NotifyActiveHearsLower, subject);
        text.Line($"   Notify priority changes = {(block.NotifyPriorityChanges ? "true" : "false")}");
    }

    public static void AddScript(DumpText text, string when, ConfigScript? script, DumpSubject subject)
    {
        if (subject.Scripts.Find(script) is { } program)
            text.Line($"   {when} state transition script = {program.Command}, uid:gid {program.UserId}:{program.GroupId}");
    }

    private static void AddState(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpRouter router = instance.Router;
        text.Line($"   State = {StateName.Of(router.State)}");
        if (router.State == VrrpState.Backup)
        {
            text.Line($"   Master router = {router.ActiveRouterAddress}");
            text.Line($"   Master priority = {router.ActiveRouterPriority.Value}");
            if (router.Parameters.Version == VrrpVersion.V3)
                text.Line($"   Master advert interval = {router.ActiveAdverInterval.WholeMilliseconds} milli-sec");
        }
        AddFlags(text, instance.Block);
        text.Line($"   Wantstate = {StateName.Of(router.WantedState)}");
        text.Line($"   Number of config faults = {((router.Faults & VrrpFaults.Configuration) != 0 ? 1 : 0)}");
        text.Line($"   Number of tracker faults = {instance.TrackerFaultCount}");
        AddInterfaceFaults(text, router.Faults);
        text.Line($"   Number of track scripts init = {instance.AwaitedTrackerCount}");
        if ((router.Faults & VrrpFaults.DuplicateVrid) != 0)
            text.Line("   Duplicate VRID"u8);
        text.Line($"   Last transition = {subject.MomentOf(router.LastTransitionAt):L}");
        VrrpTimer waited = router.State == VrrpState.Active ? VrrpTimer.Adver : VrrpTimer.ActiveDown;
        if (router.TryGetDeadline(waited, out Instant deadline))
            text.Line($"   Read timeout = {subject.MomentOf(deadline):L}");
        else
            text.Line("   Read timeout = DISABLED"u8);
        text.Line($"   Master down timer = {router.ActiveDownInterval.WholeMicroseconds} usecs");
    }

    private static void AddFlags(DumpText text, VrrpInstanceBlock block)
    {
        bool isUnicastWithoutPeers = block.AsksForUnicast && !block.IsUnicast;
        if (!block.IsUnicast && !isUnicastWithoutPeers && !block.UnicastFaultNoPeer)
        {
            text.Line("   Flags: none"u8);
            return;
        }
        text.Line("   Flags:"u8);
        if (block.IsUnicast)
            text.Line("     Using unicast"u8);
        if (isUnicastWithoutPeers)
            text.Line("     Unicast config option specified but using multicast"u8);
        if (block.UnicastFaultNoPeer)
            text.Line("     If unicast go to fault state if no peers"u8);
    }

    private static void AddInterfaceFaults(DumpText text, VrrpFaults faults)
    {
        text.Add("   Flags of interface faults -"u8);
        text.Add((faults & VrrpFaults.InterfaceDown) != 0 ? " interface down"u8 : ""u8);
        text.Add((faults & VrrpFaults.BaseInterfaceDown) != 0 ? " base interface down"u8 : ""u8);
        text.Add((faults & VrrpFaults.NoSourceAddress) != 0 ? " no source address"u8 : ""u8);
        bool isAny = (faults & (VrrpFaults.InterfaceDown | VrrpFaults.BaseInterfaceDown | VrrpFaults.NoSourceAddress)) != 0;
        text.Line(isAny ? ""u8 : " (none)"u8);
    }

    private static void AddElection(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpInstanceBlock block = instance.Block;
        VrrpRouter router = instance.Router;
        text.Line($"   Send advert after receive lower priority advert = {(block.LowerPriorityNoAdvert ? "false" : "true")}");
        text.Line($"   Send advert after receive higher priority advert = {(block.HigherPrioritySendAdvert ? "true" : "false")}");
        text.Line($"   Virtual Router ID = {block.VirtualRouterId}");
        text.Line($"   Priority = {block.Priority}");
        text.Line($"   Effective priority = {router.EffectivePriority.Value}");
        text.Line($"   Total priority = {router.TotalPriority}");
        if (block.Version == 2)
            text.Line($"   Advert interval = {block.AdvertisementInterval.WholeSeconds} sec");
        else
            text.Line($"   Advert interval = {block.AdvertisementInterval.WholeMilliseconds} milli-sec");
        Moment sent = router.LastAdvertisementAt == default ? default : subject.MomentOf(router.LastAdvertisementAt);
        text.Line($"   Last advert sent = {sent}");
        text.Line($"   Accept = {(block.AcceptMode ? "enabled" : "disabled")}");
        text.Line($"   Preempt = {(block.PreemptMode ? "enabled" : "disabled")}");
        if (block.PreemptDelay != Duration.Zero)
            text.Line($"   Preempt delay = {new PlainSeconds(block.PreemptDelay)} secs");
        text.Line($"   Promote_secondaries = {(block.PromoteSecondaries ? "enabled" : "disabled")}");
    }
}
