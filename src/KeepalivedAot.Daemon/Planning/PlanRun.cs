using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Planning;

/// <summary><c>plan</c>: what a reload with another file would do, without doing it.</summary>
public static class PlanRun
{
    /// <summary>There is no plan: a file is wrong, or no daemon can be asked what runs.</summary>
    public const int NoPlan = 3;

    /// <param name="from">The file that stands for what runs.</param>
    /// <returns>The exit status: 0 nothing to do, 1 harmless changes, 2 disruptive ones, <see cref="NoPlan"/>.</returns>
    public static int Run(string path, string from, DaemonOptions options, bool asJson)
    {
        LoadResult? old = LoadFormer(from, options, out string problem);
        if (old is null)
        {
            StandardStreams.WriteError($"{problem}\n");
            return NoPlan;
        }
        LoadResult next = Load(path, options);
        if (ReadingErrors.Refuse(next, ReadingErrors.Of(old)))
        {
            StandardStreams.WriteError($"{Render(next)}{path} is wrong: a reload with it is refused\n");
            return NoPlan;
        }
        ReloadPlan plan = ReloadPlan.MakeDetailed(SideOf(old, options), SideOf(next, options));
        StandardStreams.WriteOutput(asJson ? PlanJson.Write(plan) : PlanText.Write(plan));
        return plan.ExitStatus;
    }

    private static PlannedSide SideOf(LoadResult read, DaemonOptions options) => PlannedSide.Of(read, DaemonIdentity.Of(options, read.Configuration), keepsText: true);

    // A start goes on with what it understood of it.
    private static LoadResult? LoadFormer(string path, DaemonOptions options, out string problem)
    {
        LoadResult read = Load(path, options);
        problem = read.CanRun ? "" : $"{Render(read)}{path} is wrong: no daemon runs with it";
        return read.CanRun ? read : null;
    }

    private static LoadResult Load(string path, DaemonOptions options) => ConfigurationLoader.Load(
        path == HostCheck.StandardInput ? HostCheck.StandardInputName : path, HostCheck.FilesFor(path), HostLoading.For(options));

    private static string Render(LoadResult read) => new DiagnosticRenderer(read.Sources, StandardStreams.ErrorIsTerminal).Render(read.Diagnostics);
}
