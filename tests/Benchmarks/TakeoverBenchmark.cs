using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>How long after the RFC's deadline the backup has taken over.</summary>
/// <remarks>
/// The deadline is Active_Down_Interval after the last advert as the kernel received it on the backup's interface; the backup's
/// first own advert is stamped by the same kernel on the same interface. The address is seen over rtnetlink, which adds the
/// time that a watching thread needs to wake up.
/// </remarks>
internal static class TakeoverBenchmark
{
    public static void Run(Table table, double advertSeconds, int trials)
    {
        bool fast = advertSeconds < 1;
        using TakeoverRig stock = new(Implementation.Stock, advertSeconds);
        using TakeoverRig ours = new(Implementation.Ours, advertSeconds);
        if (fast)
        {
            // In turn, so that a moment in which the machine is busy falls on both alike.
            for (int i = 0; i < trials; i++)
            {
                stock.Measure();
                ours.Measure();
            }
        }
        else
        {
            // A trial takes six seconds of waiting: both at once.
            SideBySide.Run(() => Repeat(stock, trials), () => Repeat(ours, trials));
        }
        string label = FormattableString.Invariant($"takeover past the deadline, adverts of {advertSeconds} s");
        table.AddSample($"{label}: advert", stock.Advert, ours.Advert, "0.000", fast ? 0.2 : null, fast ? 2 : null, fast ? 0.25 : null);
        table.AddSample($"{label}: address", stock.Address, ours.Address, "0.000", fast ? 0.35 : null, fast ? 2 : null, fast ? 0.5 : null);
    }

    private static bool Repeat(TakeoverRig rig, int trials)
    {
        for (int i = 0; i < trials; i++)
            rig.Measure();
        return true;
    }
}
