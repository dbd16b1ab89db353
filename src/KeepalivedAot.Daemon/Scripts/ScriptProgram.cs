using KeepalivedAot.Linux.Launch;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>A script of the configuration that was found fit to run: where it is, who it runs as, what it is called in the log.</summary>
/// <remarks>Whoever keeps one to start it later holds it (<see cref="Hold"/>), so that a reload does not take it away.</remarks>
internal sealed class ScriptProgram(string title, LaunchProgram launch)
{
    private int _holders = 1;

    /// <summary>"(VI_1) notify_master"</summary>
    public string Title => title;

    public LaunchProgram Launch => launch;

    /// <summary>The program and its arguments, each in single quotes.</summary>
    public string Command { get; init; } = "";

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    /// <summary>It runs as root, and somebody else could change it.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>That it cannot be run has been said, and it has not run since.</summary>
    public bool HasReportedFailure { get; set; }

    public ScriptProgram Hold()
    {
        _holders++;
        return this;
    }

    public void Release()
    {
        if (--_holders == 0)
            launch.Dispose();
    }
}
