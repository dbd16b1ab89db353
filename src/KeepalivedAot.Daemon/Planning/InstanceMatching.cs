using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>
/// Which instances of a new configuration go on as which of the running ones: those of the same identity, in their order. A plan and the
/// reload itself both ask here.
/// </summary>
internal static class InstanceMatching
{
    /// <returns>For each of <paramref name="next"/> its place in <paramref name="running"/>, or -1.</returns>
    public static int[] Match(IReadOnlyList<VrrpInstanceBlock> running, IReadOnlyList<VrrpInstanceBlock> next)
    {
        // Two of one identity can be configured, though they disturb each other: the first that waits, and behind each the next of its kind.
        Dictionary<RouterIdentity, int> waiting = new(running.Count);
        int[] behind = new int[running.Count];
        for (int i = running.Count - 1; i >= 0; i--)
        {
            RouterIdentity identity = RouterIdentity.Of(running[i]);
            behind[i] = waiting.GetValueOrDefault(identity, -1);
            waiting[identity] = i;
        }
        int[] matched = new int[next.Count];
        for (int i = 0; i < matched.Length; i++)
        {
            RouterIdentity identity = RouterIdentity.Of(next[i]);
            matched[i] = waiting.GetValueOrDefault(identity, -1);
            if (matched[i] >= 0)
                waiting[identity] = behind[matched[i]];
        }
        return matched;
    }
}
