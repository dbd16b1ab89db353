using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    /// <summary>What was not given is that of the group, or of all; groups are settled by then.</summary>
    /// <param name="alert">Whether mail is sent where nothing is said.</param>
    internal void ChooseNotifications(bool alert, GlobalDefsBlock globals)
    {
        if (!_spans.SmtpAlert.IsGiven)
            SmtpAlert = alert;
        if (!_spans.NotifyPriorityChanges.IsGiven)
            NotifyPriorityChanges = SyncGroup?.NotifyPriorityChanges ?? globals.NotifyPriorityChanges;
    }
}
