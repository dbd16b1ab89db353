using KeepalivedAot.Config;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>Where no daemon can be asked.</summary>
public sealed class NoRunningDaemon : IRunningConfiguration
{
    public LoadResult? TryGet(out string problem)
    {
        problem = "'plan' without --from needs a running daemon that can be asked, and there is none; give the configuration that runs with --from OLD.conf";
        return null;
    }
}
