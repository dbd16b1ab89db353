namespace KeepalivedAot.Tests.Unit;

/// <summary>What some work allocates.</summary>
internal static class Allocated
{
    private const int Runs = 3;

    /// <summary>The bytes of the run, of several, that allocated least.</summary>
    /// <remarks>
    /// A collection that another thread begins, and the compiler's second look at a method, are counted on this thread now and then.
    /// Work that allocates does so in each run.
    /// </remarks>
    public static long AtLeast(Action work)
    {
        long least = long.MaxValue;
        for (int run = 0; run < Runs && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
