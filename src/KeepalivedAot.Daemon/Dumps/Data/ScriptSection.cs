using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Tracking.Scripts;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary><c>VRRP Script = NAME</c> and what belongs to it. Programs read its status and state.</summary>
internal static class ScriptSection
{
    public static void Add(DumpText text, VrrpScriptBlock block, ScriptProgram program, ScriptTracker tracker, DumpSubject subject)
    {
        text.Line($" VRRP Script = {block.Name}");
        text.Line($"   Command = {program.Command}");
        text.Line($"   Interval = {block.Interval.WholeSeconds} sec");
        // As keepalived: none was given, and then it is the interval.
        text.Line($"   Timeout = {(block.Spans.Timeout.IsGiven ? block.Timeout.WholeSeconds : 0)} sec");
        text.Line($"   Weight = {block.Weight.Value}{(block.Weight.IsReversed ? " reverse" : "")}");
        text.Line($"   Rise = {block.Rise}");
        text.Line($"   Fall = {block.Fall}");
        text.Line($"   Result = {tracker.Counter}");
        text.Line($"   Insecure = {(program.IsInsecure ? "yes" : "no")}");
        text.Line($"   Init state = {(tracker.IsGood is null ? "INIT" : "unknown")}");
        text.Line($"   Status = {(tracker.IsGood == true ? "GOOD" : "BAD")}");
        text.Line($"   Script uid:gid = {program.UserId}:{program.GroupId}");
        text.Line("   VRRP instances :"u8);
        subject.AddTrackingInstances(text, ScriptTrackers.IdOf(block.Name));
        text.Line($"   State = {NameOf(tracker.State)}");
    }

    private static string NameOf(ScriptRunState state) => state switch
    {
        ScriptRunState.Idle => "idle",
        ScriptRunState.Running => "running",
        _ => "requested termination",
    };
}
