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
        File.Delete(path);
        router.Daemon.Signal(signal);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(path), Expect.Soon), $"no {file}");
        // Ours is whole as soon as it is there (DumpFileTests). Stock writes where it is read: whole is what does not grow any more.
        string text = "";
        Assert.True(SpinWait.SpinUntil(HasItAll, Expect.Soon), $"{file} does not end");
        return text;

        bool HasItAll()
        {
            string before = text;
            text = File.ReadAllText(path);
            if (text.Length > 0 && text == before)
                return true;
            Thread.Sleep(50);
            return false;
        }
    }
}
