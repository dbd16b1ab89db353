using System.Runtime.CompilerServices;
using KeepalivedAot.Base;

namespace KeepalivedAot.Linux.Process;

/// <summary>The runtime's finalizer thread: in the published program the only one beside ours.</summary>
internal static class FinalizerThread
{
    private const int MostAttempts = 1000;

    private static int s_settledCollections = -1;

    /// <summary>Has it do something that belongs to a thread, and waits for that.</summary>
    /// <param name="work">Throws nothing: there is nobody to catch it.</param>
    public static void Run(Action work)
    {
        Errand errand = new(work);
        MakeGarbage(errand);
        for (int attempts = 0; !errand.IsDone; attempts++)
        {
            Invariant.Require(attempts < MostAttempts, "the finalizer thread runs finalizers");
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

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

    // Not inlined, so that no register of the caller keeps the object alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeGarbage(Errand errand) => _ = new Messenger(errand);

    private sealed class Errand(Action work)
    {
        private bool _isDone;

        public bool IsDone => Volatile.Read(ref _isDone);

        public void Do()
        {
            work();
            Volatile.Write(ref _isDone, true);
        }
    }

    private sealed class Messenger(Errand errand)
    {
        ~Messenger() => errand.Do();
    }
}
