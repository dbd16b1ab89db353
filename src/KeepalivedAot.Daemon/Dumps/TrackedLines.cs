using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>What an instance or a group tracks, as its configuration has it.</summary>
internal readonly record struct TrackedLines(
    List<TrackedInterface>? Interfaces, List<TrackedScript>? Scripts, List<TrackedFile>? Files, List<TrackedProcess>? Processes, List<TrackedBfd>? Sessions)
{
    public static TrackedLines Of(VrrpInstanceBlock block) => !block.TracksAnything ? default
        : new(block.TrackedInterfaces, block.TrackedScripts, block.TrackedFiles, block.TrackedProcesses, block.TrackedBfds);

    public static TrackedLines Of(VrrpSyncGroupBlock block)
        => new(block.TrackedInterfaces, block.TrackedScripts, block.TrackedFiles, block.TrackedProcesses, block.TrackedBfds);
}
