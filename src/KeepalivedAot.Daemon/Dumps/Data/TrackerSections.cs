using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Daemon.Tracking.Processes;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>Files, processes and BFD sessions that are tracked.</summary>
internal static class TrackerSections
{
    public static void AddFile(DumpText text, TrackFileBlock block, DumpSubject subject)
    {
        TrackerId id = new(TrackerKind.File, block.Name);
        text.Line($" Track file = {block.Name}");
        text.Line($"   File = {block.File}");
        text.Line($"   Status = {subject.ReadingOf(id).Value}");
        text.Line($"   Weight = {block.Weight.Value}{(block.Weight.IsReversed ? " reverse" : "")}");
        subject.AddTrackingInstances(text, id);
    }

    public static void AddProcess(DumpText text, VrrpTrackProcessBlock block, DumpSubject subject)
    {
        ProcessKind? kind = subject.Processes.FindProcess(block.Name);
        text.Line($" VRRP Track process = {block.Name}");
        text.Line($"   Process = {block.Process!.Program}");
        if (block.Process.Parameters.Count > 0)
            text.Line($"   Parameters = {string.Join(' ', block.Process.Parameters)}");
        if (block.ParameterMatch != ParameterMatch.None)
            text.Line($"   Param match{RuleOf(block.ParameterMatch)}");
        text.Line($"   Min processes = {block.Quorum}");
        if (block.QuorumMaximum is ushort most)
            text.Line($"   Max processes = {most}");
        text.Line($"   Current processes = {kind?.Count ?? 0}");
        text.Line($"   Have quorum = {(kind is { Tracker.IsMet: true } ? "true" : "false")}");
        text.Line($"   Weight = {block.Weight.Value}{(block.Weight.IsReversed ? " reverse" : "")}");
        text.Line($"   Terminate delay = {new PlainSeconds(block.TerminateDelay):6}s");
        text.Line($"   Fork delay = {new PlainSeconds(block.ForkDelay):6}s");
        text.Line($"   Fork delay timer {(kind is { Tracker.IsForkDelayRunning: true } ? "" : "not ")}running");
        text.Line($"   Terminate delay timer {(kind is { Tracker.IsTerminateDelayRunning: true } ? "" : "not ")}running");
        text.Line($"   Full command = {(block.FullCommand ? "true" : "false")}");
        subject.AddTrackingInstances(text, new TrackerId(TrackerKind.Process, block.Name));
    }

    public static void AddSession(DumpText text, Config.Bfd.BfdInstanceBlock block, DumpSubject subject)
    {
        TrackerId id = new(TrackerKind.Bfd, block.Name);
        text.Line($" VRRP Track BFD = {block.Name}");
        text.Line($"   Weight = {block.Weight.Value}{(block.Weight.IsReversed ? " reverse" : "")}");
        text.Line($"   Bfd is {(subject.ReadingOf(id) == TrackerReading.Good ? "up" : "down")}");
        text.Line("   Tracking VRRP instances :"u8);
        subject.AddTrackingInstances(text, id);
    }

    private static string RuleOf(ParameterMatch match) => match switch
    {
        ParameterMatch.Partial => " = partial",
        ParameterMatch.Initial => " = initial",
        _ => "",
    };
}
