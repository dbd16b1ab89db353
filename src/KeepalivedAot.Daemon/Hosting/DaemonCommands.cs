using KeepalivedAot.Daemon.Control;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What is asked of the daemon itself on the control socket.</summary>
internal sealed class DaemonCommands(DaemonLife life) : IDaemonCommands
{
    public IControlReply Reload()
    {
        ReloadReply reply = new();
        life.RequestReload(reply.OnDone);
        return reply;
    }

    public IControlReply Dump(string what) => ControlAnswer.Fail(ControlAnswer.Refused, "no dumps yet");

    public IControlReply SetLogLevel(string level) => ControlAnswer.Fail(ControlAnswer.Refused, "not yet");
}
