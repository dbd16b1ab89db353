namespace KeepalivedAot.Config.Diagnostics;

/// <summary>With which exit status the daemon gives up at its start because of its configuration, as keepalived does.</summary>
public static class StartExitStatus
{
    /// <summary>Nothing stands in the way.</summary>
    public const int Run = 0;

    /// <summary>The configuration cannot be run.</summary>
    public const int Configuration = 2;

    /// <summary>There is no usable configuration file.</summary>
    public const int NoFile = 6;

    public static int Of(DiagnosticBag diagnostics)
    {
        if (diagnostics.HasMissingFile)
            return NoFile;
        return diagnostics.HasFatal ? Configuration : Run;
    }
}
