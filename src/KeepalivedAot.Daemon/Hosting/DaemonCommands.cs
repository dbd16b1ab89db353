using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Dumps;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What is asked of the daemon itself on the control socket.</summary>
internal sealed class DaemonCommands(DaemonLife life, Dumps.Dumps dumps, DaemonLog logs) : IDaemonCommands
{
    public IControlReply Reload()
    {
        ReloadReply reply = new();
        life.RequestReload(reply.OnDone);
        return reply;
    }

    public IControlReply Plan(string path, bool asJson)
    {
        if (!Path.IsPathFullyQualified(path))
            return ControlAnswer.Fail(ControlAnswer.BadRequest, "'file' is an absolute path");
        PlanReply reply = new();
        return life.TryPlan(path, asJson, reply.OnDone) ? reply : ControlAnswer.Fail(ControlAnswer.Refused, "another plan is being made");
    }

    public IControlReply Dump(string what)
    {
        DumpKind? kind = what switch
        {
            "data" => DumpKind.Data,
            "stats" => DumpKind.Statistics,
            "stats-clear" => DumpKind.StatisticsThenClear,
            "json" => DumpKind.Json,
            _ => null,
        };
        if (kind is not { } chosen)
            return ControlAnswer.Fail(ControlAnswer.BadRequest, "'what' is data, stats, stats-clear or json");
        LaterReply reply = new();
        dumps.Begin(
            chosen, failure => reply.OnDone(failure.IsError ? ControlAnswer.Fail(ControlAnswer.Refused, $"the dump is not written: {failure}") : ControlAnswer.Done()));
        return reply;
    }

    public IControlReply SetLogLevel(string level)
    {
        if (!LogLevelName.TryParse(Encoding.UTF8.GetBytes(level), out LogLevel chosen))
            return ControlAnswer.Fail(ControlAnswer.BadRequest, $"'what' is {LogLevelName.Choice}");
        logs.Level = chosen;
        return ControlAnswer.Done();
    }
}
