using KeepalivedAot.Config;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>The configuration that a daemon on this host runs, for <c>plan</c> without <c>--from</c>.</summary>
public interface IRunningConfiguration
{
    /// <returns>Null when no daemon tells; why in <paramref name="problem"/>, as a whole sentence.</returns>
    LoadResult? TryGet(out string problem);
}
