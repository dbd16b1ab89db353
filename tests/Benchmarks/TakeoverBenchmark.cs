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
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    private sealed record Lateness(Sample Advert, Sample Address);

    public static void Run(Table table, double advertSeconds, int trials)
    {
        bool fast = advertSeconds < 1;
        Func<Lateness> stock = () => Measure(Implementation.Stock, advertSeconds, trials);
        Func<Lateness> ours = () => Measure(Implementation.Ours, advertSeconds, trials);
        // With slow adverts both at once, each on a segment of its own: one trial takes six seconds, and idle ones.
        Lateness[] results = fast ? [stock(), ours()] : InParallel(stock, ours);
        string label = FormattableString.Invariant($"takeover past the deadline, adverts of {advertSeconds} s");
        table.AddSample($"{label}: advert", results[0].Advert, results[1].Advert, "0.000", fast ? "<= 0.2 ms" : "", fast ? "<= 2 ms" : "");
        table.AddSample($"{label}: address", results[0].Address, results[1].Address, "0.000", fast ? "<= 0.35 ms" : "", fast ? "<= 2 ms" : "");
    }

    private static T[] InParallel<T>(params Func<T>[] work)
    {
        T[] results = new T[work.Length];
        Exception? failure = null;
        Thread[] threads = [.. work.Select((item, i) => new Thread(() =>
        {
            try
            {
                results[i] = item();
            }
            catch (Exception e)
            {
                failure = e;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return failure is null ? results : throw new LabException(failure.ToString());
    }

    private static Lateness Measure(Implementation implementation, double advertSeconds, int trials)
    {
        VrrpConfiguration configuration = new() { Priority = 100, AdvertSeconds = advertSeconds };
        Lateness lateness = new(new Sample(), new Sample());
        Random phase = new(1);
        using Lab lab = new(routers: 1);
        using Observer watch = lab.A.Watch();
        using ScriptedMaster master = new(lab.Sender, configuration.AdvertInterval);
        lab.A.Start(implementation, configuration);
        // A trial in which the machine delayed the scripted master for a whole down interval measures nothing: it is repeated.
        for (int attempt = 0; lateness.Advert.Count < trials && attempt < 4 * trials; attempt++)
        {
            master.Revive();
            watch.WaitForAdvert(lab.Host.Address, s_limit, watch.Adverts.Count);
            Thread.Sleep(TimeSpan.FromMilliseconds(200));
            lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse(VrrpConfiguration.DefaultAddress), present: false, s_limit);
            Thread.Sleep(configuration.AdvertInterval * phase.NextDouble());
            int addressesBefore = lab.A.Addresses.Events.Count;
            master.Die();
            Advert last = watch.Adverts.Snapshot().Last(advert => advert.Source.Equals(lab.Host.Address));
            Advert first = watch.Adverts.WaitFor(
                "the takeover", advert => advert.Source.Equals(lab.A.Address) && advert.At > last.At, s_limit);
            AddressEvent added = lab.A.Addresses.Events.WaitFor("the address", change => change.Added, s_limit, addressesBefore);
            TimeSpan deadline = last.At + configuration.ActiveDownInterval;
            if (first.At - deadline < -configuration.AdvertInterval / 2)
                continue;
            lateness.Advert.Add(first.At - deadline);
            lateness.Address.Add(added.At - deadline);
        }
        return lateness;
    }
}
