using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Daemon.Alerts;

/// <summary>Which changes of state become a mail (vrrp.md, 18).</summary>
internal sealed class MailAlerts(MailSender sender) : IAlerts
{
    private bool _skipsFaults;

    /// <summary>From now on by this configuration.</summary>
    public void Adopt(LoadResult read, IHostFiles files, Log log)
    {
        _skipsFaults = read.Configuration.GlobalDefs.NoEmailFaults;
        sender.Use(MailPlanner.Make(read.Configuration, read.Settings, files, log));
    }

    public void OnInstanceState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed)
    {
        if (IsDue(state, isWanted, ref lastMailed))
            sender.Send(AlertMessage.OfInstance(name, state));
    }

    public void OnGroupState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed)
    {
        if (IsDue(state, isWanted, ref lastMailed))
            sender.Send(AlertMessage.OfGroup(name, state));
    }

    // What is not mailed leaves the memory alone, as in keepalived: BACKUP, a silent FAULT, BACKUP is one mail.
    private bool IsDue(AlertState state, bool isWanted, ref AlertState? lastMailed)
    {
        if (!isWanted || !sender.IsConfigured || (_skipsFaults && state == AlertState.Fault) || lastMailed == state)
            return false;
        lastMailed = state;
        return true;
    }
}
