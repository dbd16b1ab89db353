namespace KeepalivedAot.Daemon.Tuning;

/// <summary>When garbage is looked for.</summary>
internal static class Collections
{
    // A configuration of between so many bytes is taken up before it pays to look for garbage, as nearly all of what is allocated stays. A shorter one
    // leaves too little, and a longer one is not to take more memory than it must.
    private const long ShortestUncollected = 32 << 10;
    private const long LongestUncollected = 1 << 20;

    // Whoever allows the heap less (DOTNET_GCHeapHardLimit) wants it small; and the runtime does not survive every wish that comes near its limit.
    private const long LeastHeapPerByte = 8;

    /// <summary>Nothing is collected before a configuration has been taken up.</summary>
    /// <param name="path">Of the configuration; if it cannot be read, somebody else says so.</param>
    /// <param name="bytes">When more than that was allocated, or somebody asks for a collection (<see cref="MemoryTrim"/>), all is as usual.</param>
    public static void PutOff(string path, long bytes)
    {
        if (new FileInfo(path) is { Exists: true, Length: > ShortestUncollected and < LongestUncollected }
            && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= LeastHeapPerByte * bytes)
        {
            GC.TryStartNoGCRegion(bytes);
        }
    }
}
