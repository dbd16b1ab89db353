using KeepalivedAot.Base.Logging;

namespace KeepalivedAot.Tracking.Scripts;

/// <summary>Every log event of tracked scripts: method, id, level, wording. Ids are 2100 to 2119.</summary>
/// <remarks>The wording is keepalived 2.4.3's; what keepalived has no line for is marked "ours".</remarks>
public sealed class ScriptTrackerLog(Log log)
{
    public void CodeChanged(string name, int code) => log.Write(LogLevel.Info, 2100, $"Script `{name}` now returning {code}");

    public void Succeeded(string name) => log.Write(LogLevel.Info, 2101, $"VRRP_Script({name}) succeeded");

    public void Failed(string name, ScriptFailure failure)
    {
        switch (failure.Kind)
        {
            case ScriptFailureKind.ExitStatus:
                log.Write(LogLevel.Info, 2102, $"VRRP_Script({name}) failed (exited with status {failure.Number})");
                break;
            case ScriptFailureKind.Signal:
                log.Write(LogLevel.Info, 2102, $"VRRP_Script({name}) failed (due to signal {failure.Number})");
                break;
            case ScriptFailureKind.TimedOut:
                log.Write(LogLevel.Info, 2103, $"VRRP_Script({name}) timed_out");
                break;
            default:
                // Ours: keepalived's child exits, and its status is reported.
                log.Write(LogLevel.Info, 2104, $"VRRP_Script({name}) failed (could not be run)");
                break;
        }
    }

    public void RunSkipped(string name, ScriptRunState state)
    {
        if (state == ScriptRunState.Running)
            log.Write(LogLevel.Info, 2105, $"Track script {name} is already running, expect idle - skipping run");
        else
            log.Write(LogLevel.Info, 2105, $"Track script {name} is being timed out, expect idle - skipping run");
    }

    // Ours.
    public void LeavesProcesses(string name, int group, int most)
        => log.Write(
            LogLevel.Warning, 2107,
            $"VRRP_Script({name}) leaves processes behind when it ends (process group {group}); when there are {most}, what later runs leave is ended with them");

    public void KeptAtReload(string name, bool isGood)
    {
        if (isGood)
            log.Write(LogLevel.Info, 2106, $"VRRP_Script({name}) considered successful on reload");
        else
            log.Write(LogLevel.Info, 2106, $"VRRP_Script({name}) considered unsuccessful on reload");
    }
}
