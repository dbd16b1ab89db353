using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Sync groups whose members cannot move together.</summary>
internal static class GroupLints
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        ILookup<VrrpSyncGroupBlock?, VrrpInstanceBlock> all = configuration.VrrpInstances.ToLookup(static i => i.SyncGroup);
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
        {
            List<VrrpInstanceBlock> members = [.. all[group]];
            VrrpInstanceBlock? waits = members.Find(static i => !i.PreemptMode);
            // An owner among others has a finding of its own.
            if (waits is null || members.Exists(static i => i.Priority == byte.MaxValue) || members.Find(static i => i.PreemptMode) is not { } preempts)
                continue;
            Diagnostic found = diagnostics.Report(
                DiagnosticCatalogue.GroupWithMixedPreemption, waits.Spans.PreemptMode,
                $"({waits.Name}) nopreempt, but {preempts.Name} of the same sync group {group.Name} preempts",
                "write 'nopreempt' in all members or in none");
            diagnostics.Relate(found, preempts.Spans.Block, $"{preempts.Name} begins here");
            diagnostics.Relate(found, group.Spans.Block, "the group");
        }
    }
}
