using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Simulation.Exploration;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Simulation;

/// <summary>Random worlds of many seeds: by <c>make sim</c>, by the tests, and by a mutant's hunter.</summary>
internal static class SeedRuns
{
    /// <summary>What ends a hunt that has found something.</summary>
    public const int Found = 3;

    // Of failing seeds; the rest is counted.
    private const int MostShrunk = 3;

    /// <param name="Seeds">How many were run.</param>
    /// <param name="Failures">Seed and first violation.</param>
    public sealed record Outcome(int Seeds, IReadOnlyList<(ulong Seed, Violation First)> Failures, long Events, TimeSpan Took);

    /// <summary>Seeds side by side on all processors, in their order, until they or the time are used up.</summary>
    public static Outcome Try(ulong first, int count, TimeSpan limit, int workers = 0)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ConcurrentBag<(ulong, Violation)> failures = [];
        long events = 0;
        int done = 0;
        long next = -1;
        Thread[] threads = [.. Enumerable.Range(0, workers > 0 ? workers : Environment.ProcessorCount).Select(_ => new Thread(Work, 16 * 1024 * 1024))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return new Outcome(done, [.. failures.OrderBy(static failure => failure.Item1)], events, watch.Elapsed);

        void Work()
        {
            while (watch.Elapsed < limit && Interlocked.Increment(ref next) is var number && number < count)
            {
                ulong seed = first + (ulong)number;
                try
                {
                    Trial trial = Trial.Run(RandomWorld.Of(seed));
                    Interlocked.Add(ref events, trial.Events);
                    if (trial.Violations is [var violation, ..])
                        failures.Add((seed, violation));
                }
                catch (Exception broken)
                {
                    failures.Add((seed, new Violation(new VirtualRouter(0, "?", 0, AddressFamily.IPv4), default, default, $"{broken}") { Promise = "NoException" }));
                }
                Interlocked.Increment(ref done);
            }
        }
    }

    /// <summary>What a failing seed comes to, as small as it gets, and how to see it again.</summary>
    public static string Explain(ulong seed, Violation first)
    {
        WorldPlan plan = RandomWorld.Of(seed);
        if (first.Promise == "NoException")
            return $"seed {seed}: {first.What}\n{plan}again: make sim SEED={seed}\n";
        WorldPlan smallest = Trial.Shrink(plan, first.Promise);
        Trial trial = Trial.Run(smallest, isEnough: true);
        return $"seed {seed}: {first.Promise}: {first}\nshrunk to:\n{smallest}{string.Concat(trial.Violations.Take(2).Select(static it => $"    {it.Promise}: {it}\n"))}again: make sim SEED={seed}\n";
    }

    public static int Run(ulong first, int count)
    {
        Outcome outcome = Try(first, count, TimeSpan.MaxValue);
        foreach ((ulong seed, Violation violation) in outcome.Failures.Take(MostShrunk))
            Console.WriteLine(Explain(seed, violation));
        foreach (IGrouping<string, (ulong Seed, Violation First)> promise in outcome.Failures.GroupBy(static failure => failure.First.Promise))
            Console.WriteLine($"{promise.Key}: {promise.Count()} seeds, {string.Join(", ", promise.Take(12).Select(static failure => failure.Seed))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcome.Seeds} seeds from {first}, {outcome.Events} events in {outcome.Took.TotalSeconds:0} s: {outcome.Failures.Count} break a promise"));
        return outcome.Failures.Count == 0 ? 0 : 1;
    }

    /// <summary>One seed with its log.</summary>
    public static int RunOne(ulong seed)
    {
        WorldPlan plan = RandomWorld.Of(seed);
        Console.Write(plan);
        Story story = new();
        Trial trial = Trial.Run(plan, story);
        foreach (string line in story.Lines(trial.Violations))
            Console.WriteLine(line);
        Console.WriteLine($"seed {seed}: {trial.Events} events, {trial.Violations.Count} violations, fingerprint {trial.Fingerprint:x16}");
        if (trial.Violations is not [var first, ..])
            return 0;
        Console.WriteLine(Explain(seed, first));
        return 1;
    }

    /// <summary>Until this promise is broken; an exception is as good.</summary>
    public static int Hunt(ulong first, int count, string promise)
    {
        SortedSet<string> others = new(StringComparer.Ordinal);
        for (ulong seed = first; seed < first + (ulong)count; seed++)
        {
            try
            {
                IReadOnlyList<Violation> violations = Trial.Run(RandomWorld.Of(seed)).Violations;
                others.UnionWith(violations.Select(static violation => violation.Promise));
                if (violations.FirstOrDefault(violation => violation.Promise == promise) is not { } broken)
                    continue;
                Console.WriteLine($"seed {seed}: {broken}");
                return Found;
            }
            catch (Exception thrown)
            {
                others.Add(thrown.GetType().Name);
            }
        }
        Console.WriteLine($"not in {count} seeds; broken are {string.Join(", ", others)}");
        return 0;
    }

    // What happened, with the violations where they were found.
    private sealed class Story : ISimulationObserver
    {
        private readonly List<(Base.Time.Instant At, string Text)> _lines = [];
        private SimulatedWorld? _world;

        void ISimulationObserver.OnBegin(SimulatedWorld world) => _world = world;

        void ISimulationObserver.OnLogged(SimulatedHost host, LogLevel level, string line) => Add($"{host.Name}: {line}");

        void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
            => Add($"{host.Name}: {instance} {transition.From} -> {transition.To}, priority {priority}: {transition.Reason}");

        void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state) => Add($"{host.Name} is {state}");

        void ISimulationObserver.OnFault(string text) => Add($"---- {text}");

        public IEnumerable<string> Lines(IReadOnlyList<Violation> violations)
            => _lines.Concat(violations.Select(static it => (it.To, $"!!!! {it.Promise}: {it}")))
                .OrderBy(static line => line.Item1).Select(static line => string.Create(CultureInfo.InvariantCulture, $"{line.Item1.Nanoseconds / 1e9,12:0.000000} {line.Item2}"));

        private void Add(string text) => _lines.Add((_world!.Schedule.Now, text));
    }
}
