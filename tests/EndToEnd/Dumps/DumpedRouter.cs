using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Dumps;

/// <summary>A router whose dumps are asked for and read, as programs do that live beside it.</summary>
internal static class DumpedRouter
{
    // keepalived --signum=JSON, STATS_CLEAR.
    public const int Json = 36;
    public const int StatisticsThenClear = 63;

    public static string PathOf(this Router router, string file) => Path.Combine(router.Scratch, "tmp", file);

    /// <summary>Sends the signal and reads the file that it brings about.</summary>
    public static string Dump(this Router router, int signal, string file)
    {
        string path = router.PathOf(file);
        // Whoever finds a file there finds a whole one.
        File.Delete(path);
        router.Daemon.Signal(signal);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(path), Expect.Soon), $"no {file}");
        return File.ReadAllText(path);
    }
}
