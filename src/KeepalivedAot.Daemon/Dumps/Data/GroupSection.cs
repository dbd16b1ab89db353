using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary><c>VRRP Sync Group = NAME, STATE</c> and what belongs to it.</summary>
internal static class GroupSection
{
    public static void Add(DumpText text, VrrpSyncGroupBlock block, VrrpGroup? group, DumpSubject subject)
    {
        text.Line($" VRRP Sync Group = {block.Name}, {StateName.Of(group?.State ?? VrrpState.Initialize)}");
        int faults = 0;
        int held = 0;
        foreach (VrrpRouter member in group?.Members ?? [])
        {
            faults += (member.Faults & ~VrrpFaults.Awaited) != 0 ? 1 : 0;
            held += member.IsHeld ? 1 : 0;
        }
        text.Line($"   Num member fault {faults}, num member init {held}");
        text.Line("   VRRP member instances :"u8);
        foreach (ConfigName member in block.Members)
            text.Line($"     {member.Name}");
        if (block.TracksWeights)
            text.Line("   sync group tracking weight set"u8);
        text.Line($"   Using smtp notification = {(block.SmtpAlert ? "yes" : "no")}");
        if (block.NotifyPriorityChanges)
            text.Line("   Notify priority changes = yes"u8);
        TrackSection.Add(text, TrackedLines.Of(block), isGroup: true);
        InstanceSection.AddScript(text, "Backup", block.NotifyBackup, subject);
        InstanceSection.AddScript(text, "Master", block.NotifyMaster, subject);
        InstanceSection.AddScript(text, "Fault", block.NotifyFault, subject);
        InstanceSection.AddScript(text, "Stop", block.NotifyStop, subject);
        InstanceSection.AddScript(text, "Generic", block.Notify, subject);
    }
}
