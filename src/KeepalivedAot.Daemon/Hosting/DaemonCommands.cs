using KeepalivedAot.Daemon.Control;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What is asked of the daemon itself on the control socket.</summary>
internal sealed class DaemonCommands(DaemonLife life, StatusWriter status) : IDaemonCommands
{
    public IControlReply Reload()
    {
        life.RequestReload();
        return status.LastReload switch
        {
            { Accepted: false, Text: var text } => ControlAnswer.Fail(ControlAnswer.Refused, $"reload {text}"),
            { Text: var text } => ControlAnswer.Done($"reload {text}"),
            null => ControlAnswer.Done("the reload will follow the start"),
        };
    }

    public IControlReply Dump(string what) => ControlAnswer.Fail(ControlAnswer.Refused, "no dumps yet");

    public IControlReply SetLogLevel(string level) => ControlAnswer.Fail(ControlAnswer.Refused, "not yet");
}
