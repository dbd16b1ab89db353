using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Planning;

namespace KeepalivedAot.Daemon.Hosting;

// What a reload with another file would do: read and compared in turns of the loop as for a reload, and then forgotten.
internal sealed partial class DaemonLife
{
    private ReloadReading? _planning;

    /// <summary>Plans, and changes nothing.</summary>
    /// <param name="path">Of a file on this host.</param>
    /// <param name="done">Is given the plan, or why there is none, and the exit status of <c>plan</c>.</param>
    /// <returns>False: another plan is being made, or the daemon is not ready.</returns>
    public bool TryPlan(string path, bool asJson, Action<string, int> done)
    {
        if (_planning is not null || _running is null || !_mayReload)
            return false;
        ReloadReading reading = new(_loop, _foundation.ReaderOf(path));
        _planning = reading;
        reading.Begin(read =>
        {
            if (ReadingErrors.Refuse(read, _knownErrors))
            {
                End($"{new DiagnosticRenderer(read.Sources).Render(read.Diagnostics)}{path} is wrong: a reload with it is refused\n", PlanRun.NoPlan, read);
                return;
            }
            ConfigurationPrinting printing = new(read.Configuration);
            reading.InSlices(printing.Next, () =>
            {
                PlannedSide next = PlannedSide.Of(read, printing, DaemonIdentity.Of(_options, read.Configuration), keepsText: false);
                ReloadPlan plan = ReloadPlan.MakeDetailed(_running!, next);
                End(asJson ? PlanJson.Write(plan) : PlanText.Write(plan), plan.ExitStatus, read);
            });
        });
        return true;

        void End(string text, int status, LoadResult read)
        {
            WipeKeys(read.Configuration);
            read.Sources.Wipe();
            reading.Close();
            _planning = null;
            _parts.Trim.Schedule(_loop.Now);
            done(text, status);
        }
    }
}
