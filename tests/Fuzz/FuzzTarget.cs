namespace KeepalivedAot.Tests.Fuzz;

/// <summary>Something that reads bytes of others.</summary>
/// <param name="Name">By which it is asked for; its corpus is the folder of that name.</param>
/// <param name="What">In words, for the list.</param>
/// <param name="Run">Reads them; throws when a promise is broken.</param>
/// <param name="Seeds">Inputs to begin with, beside the corpus.</param>
internal sealed record FuzzTarget(string Name, string What, Action<byte[]> Run, Func<IEnumerable<byte[]>> Seeds)
{
    // Far beyond what any of them takes, on a busy machine and with instrumentation.
    private const long MostMemory = 512L << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    /// <summary>Runs it within bounds of time and memory.</summary>
    public void RunBounded(byte[] input)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Run(input);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        TimeSpan taken = System.Diagnostics.Stopwatch.GetElapsedTime(began);
        Promise.Require(allocated <= MostMemory, $"{input.Length} bytes took {allocated} bytes of memory");
        Promise.Require(taken <= s_longest, $"{input.Length} bytes took {taken.TotalSeconds} s");
    }
}
