namespace KeepalivedAot.Linux.Process;

/// <summary>The runtime's finalizer thread: in the published program the only one beside ours.</summary>
internal static class FinalizerThread
{
    private static int s_settledCollections = -1;

    /// <summary>
    /// Returns when it has nothing to do, and nobody but us can give it anything. Until our thread allocates again no collection begins.
    /// </summary>
    /// <remarks>
    /// Only a collection gives it work: objects of ours that were not disposed of, and callbacks of the library, which may allocate, and so
    /// begin one themselves. Nearly always there was none since the last time, and this is one comparison.
    /// </remarks>
    public static void Settle()
    {
        int collections = GC.CollectionCount(0);
        while (collections != s_settledCollections)
        {
            s_settledCollections = collections;
            // Twice: the first may be told of the end of a round that had begun before the collection.
            GC.WaitForPendingFinalizers();
            GC.WaitForPendingFinalizers();
            collections = GC.CollectionCount(0);
        }
    }
}
