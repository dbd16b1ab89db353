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
        // Two of one identity can be configured, though they disturb each other.
        Dictionary<RouterIdentity, Queue<int>> waiting = [];
        for (int i = 0; i < running.Count; i++)
        {
            RouterIdentity identity = RouterIdentity.Of(running[i]);
            if (!waiting.TryGetValue(identity, out Queue<int>? places))
                waiting.Add(identity, places = new Queue<int>(1));
            places.Enqueue(i);
        }
        int[] matched = new int[next.Count];
        for (int i = 0; i < matched.Length; i++)
        {
            matched[i] = waiting.TryGetValue(RouterIdentity.Of(next[i]), out Queue<int>? places) && places.TryDequeue(out int place) ? place : -1;
        }
        return matched;
    }
}
