using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Text;

/// <summary>States in keepalived's words.</summary>
internal static class StateName
{
    public static string Of(VrrpState state) => state switch
    {
        VrrpState.Active => "MASTER",
        VrrpState.Backup => "BACKUP",
        VrrpState.Fault => "FAULT",
        _ => "INIT",
    };
}
