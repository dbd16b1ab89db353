using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Planning;

/// <summary><c>plan</c>: what a reload with another file would do, without doing it.</summary>
public static class PlanRun
{
    /// <summary>There is no plan: a file is wrong, or nobody tells what runs.</summary>
    public const int NoPlan = 3;

    /// <param name="from">The file that stands for what runs; null: a daemon is asked.</param>
    /// <returns>The exit status: 0 nothing to do, 1 harmless changes, 2 disruptive ones, <see cref="NoPlan"/>.</returns>
    public static int Run(string path, string? from, IRunningConfiguration running, DaemonOptions options, bool asJson)
    {
        LoadResult? old = from is null ? running.TryGet(out string problem) : Load(from, options, out problem);
        if (old is null)
        {
            StandardStreams.WriteError($"{problem}\n");
            return NoPlan;
        }
        LoadResult? next = Load(path, options, out problem);
        if (next is null)
        {
            StandardStreams.WriteError(problem);
            return NoPlan;
        }
        ReloadPlan plan = ReloadPlan.MakeDetailed(SideOf(old, options), SideOf(next, options));
        StandardStreams.WriteOutput(asJson ? PlanJson.Write(plan) : PlanText.Write(plan));
        return plan.ExitStatus;
    }

    private static PlannedSide SideOf(LoadResult read, DaemonOptions options) => PlannedSide.Of(read, DaemonIdentity.Of(options, read.Configuration), keepsText: true);

    // A file with errors is one that a reload refuses.
    private static LoadResult? Load(string path, DaemonOptions options, out string problem)
    {
        LoadResult read = HostCheck.LoadAlone(path, HostCheck.FilesFor(path), options, others: 0);
        problem = read.Diagnostics.HasErrors || !read.CanRun
            ? new DiagnosticRenderer(read.Sources, StandardStreams.ErrorIsTerminal).Render(read.Diagnostics) + $"{path} has errors: a reload with it is refused\n" : "";
        return problem.Length == 0 ? read : null;
    }
}
