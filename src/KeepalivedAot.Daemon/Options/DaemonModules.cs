namespace KeepalivedAot.Daemon.Options;

/// <summary>keepalived's children, here modules of one process.</summary>
[Flags]
public enum DaemonModules
{
    None = 0,
    Vrrp = 1,
    Checkers = 2,
    Bfd = 4,
    All = Vrrp | Checkers | Bfd,
}
