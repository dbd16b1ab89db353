using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>
/// How evenly a MASTER advertises: every hundredth of a second and every second, on an idle machine and beside busy loops, as an ordinary process
/// and with real-time priority.
/// </summary>
/// <remarks>
/// Four routers at a time, each on a segment of its own, and a program that does nothing but wait beside them, with the same priority. Times are
/// those at which the kernel sent the packets.
/// </remarks>
internal static class JitterBenchmark
{
    private const int RealTimePriority = 50;
    private static readonly double[] s_intervals = [0.01, 1];
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <param name="Intervals">Between one advertisement and the next, milliseconds.</param>
    /// <param name="Off">How far these are from what was asked for.</param>
    private sealed record Spacing(Sample Intervals, Sample Off, double PerSecond);

    public static void Run(Table table, int seconds)
    {
        foreach (bool isRealTime in (bool[])[false, true])
        {
            foreach (bool isBusy in (bool[])[false, true])
                Compare(table, isBusy, isRealTime, seconds);
        }
    }

    private static void Compare(Table table, bool isBusy, bool isRealTime, int seconds)
    {
        List<Rig> rigs = [];
        Sample machine;
        try
        {
            foreach (double interval in s_intervals)
            {
                foreach (Implementation implementation in Enum.GetValues<Implementation>())
                    rigs.Add(new Rig(implementation, interval, isRealTime));
            }
            using BusyLoops? loops = isBusy ? new BusyLoops(seconds + 30) : null;
            Thread.Sleep(TimeSpan.FromSeconds(1));
            foreach (Rig rig in rigs)
                rig.Begin();
            machine = MachineBenchmark.Spacing(seconds * 100, isRealTime ? RealTimePriority : 0);
            foreach (Rig rig in rigs)
                rig.End();
        }
        finally
        {
            foreach (Rig rig in rigs)
                rig.Dispose();
        }
        string label = $"{(isBusy ? "four busy loops" : "idle")}{(isRealTime ? ", real-time" : "")}";
        foreach (double interval in s_intervals)
        {
            Spacing Of(Implementation implementation) => rigs.Single(rig => rig.Implementation == implementation && rig.Interval == interval).Result!;
            Add(table, label, interval, Of(Implementation.Stock), Of(Implementation.Ours));
            if (interval == 0.01 && !isBusy && !isRealTime)
                AddCadence(table, Of(Implementation.Stock), Of(Implementation.Ours), seconds);
        }
        table.AddNoise($"jitter, a bare timer of 0.01 s, {label}: median", Measured.MedianOf(machine), "ms", "0.000");
        table.AddNoise($"jitter, a bare timer of 0.01 s, {label}: 99 %", Measured.QuantileOf(machine, 0.99), "ms", "0.000");
        table.AddNoise($"jitter, a bare timer of 0.01 s, {label}: worst", Measured.WorstOf(machine), "ms", "0.000");
    }

    private static void Add(Table table, string label, double interval, Spacing stock, Spacing ours)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"jitter, adverts of {interval} s, {label}");
        table.Add($"{name}: median", Measured.MedianOf(stock.Off), Measured.MedianOf(ours.Off), "ms", "0.000");
        table.Add($"{name}: 99 %", Measured.QuantileOf(stock.Off, 0.99), Measured.QuantileOf(ours.Off, 0.99), "ms", "0.000");
        table.AddWorst($"{name}: worst", stock.Off, ours.Off, "0.000");
    }

    private static void AddCadence(Table table, Spacing stock, Spacing ours, int seconds)
    {
        string label = $"adverts of 0.01 s over {seconds} s";
        table.Add($"{label}: median interval", Measured.MedianOf(stock.Intervals), Measured.MedianOf(ours.Intervals), "ms", "0.00", 10, better: Better.Nearest);
        table.Add($"{label}: adverts per second", stock.PerSecond, ours.PerSecond, "", "0.0", 100, better: Better.Nearest);
    }

    // One MASTER on a segment of its own.
    private sealed class Rig : IDisposable
    {
        private readonly Lab _lab = new(routers: 1);
        private readonly Observer _watch;
        private int _from;

        public Rig(Implementation implementation, double interval, bool isRealTime)
        {
            Implementation = implementation;
            Interval = interval;
            _watch = _lab.A.Watch();
            _lab.A.Start(implementation, new VrrpConfiguration
            {
                Priority = 255,
                AdvertSeconds = interval,
                Globals = isRealTime ? string.Create(CultureInfo.InvariantCulture, $"vrrp_rt_priority {RealTimePriority}") : "",
            });
            _watch.WaitForAdvert(_lab.A.Address, s_limit);
            if (!isRealTime)
                return;
            // Of stock, the process that speaks VRRP; its parent stays as it was.
            int[] processes = _lab.A.Processes();
            if (!processes.Any(static process => ProcessFigures.AreRealTime([process])))
                throw new LabException($"{implementation} has no real-time priority: this machine does not give it");
        }

        public Implementation Implementation { get; }

        public double Interval { get; }

        public Spacing? Result { get; private set; }

        public void Begin() => _from = _watch.Adverts.Count;

        public void End()
        {
            TimeSpan[] times = [.. _watch.Adverts.Snapshot(_from).Select(static advert => advert.At)];
            if (times.Length < 3)
                throw new LabException($"{Implementation} sent {times.Length} advertisements of {Interval} s");
            Spacing result = new(new Sample(), new Sample(), (times.Length - 1) / (times[^1] - times[0]).TotalSeconds);
            foreach (TimeSpan interval in times.Skip(1).Zip(times, static (later, earlier) => later - earlier))
            {
                result.Intervals.Add(interval);
                result.Off.Add((interval - TimeSpan.FromSeconds(Interval)).Duration());
            }
            Result = result;
        }

        public void Dispose()
        {
            _watch.Dispose();
            _lab.Dispose();
        }
    }
}
