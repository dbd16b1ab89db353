namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Exit statuses that init systems and scripts rely on (daemon.md, "Exit codes").</summary>
public static class ExitCode
{
    /// <summary>Stopped as asked, or another instance runs already.</summary>
    public const int Success = 0;

    /// <summary>A bad option, or something the daemon needs from the system is not there.</summary>
    public const int Failure = 1;

    /// <summary>The configuration cannot be run.</summary>
    public const int Configuration = 2;

    public const int MissingPermission = 4;

    /// <summary>There is no configuration file.</summary>
    public const int NoConfiguration = 6;

    /// <summary>A defect of ours.</summary>
    public const int InternalError = 70;
}
