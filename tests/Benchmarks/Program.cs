using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using KeepalivedAot.Benchmarks;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

[assembly: SupportedOSPlatform("linux")]

// Measures both daemons in one run on one machine; data, page and charts are written as Publication says. Exit status 1: a step failed, 2: nothing was
// measured.
const int TimerWakeups = 100;
try
{
    Options options = Options.Of(args);
    if (options.From is { } file)
    {
        BenchmarkRun earlier = BenchmarkRun.FromJson(File.ReadAllText(file));
        Console.WriteLine(Publication.WritePages(earlier, isWhole: false, options.Output));
        return 0;
    }
    IReadOnlyList<BenchmarkStep> steps = options.Choose(Steps.Of(options.Trials, options.IsQuick));
    Table table = new();
    List<StepRecord> records = [];
    BenchmarkRun run = new()
    {
        Date = DateTime.UtcNow,
        Stock = Surroundings.Version(Implementation.Stock),
        Ours = Surroundings.Version(Implementation.Ours),
        Commit = Surroundings.Commit,
        BinaryHash = Surroundings.BinaryHash,
        Machine = Surroundings.Machine,
        IsQuick = options.IsQuick,
        Steps = records,
        Figures = table.Figures,
    };
    Console.WriteLine($"stock: {run.Stock}");
    Console.WriteLine($"ours:  {run.Ours}, {run.Commit}");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Machine.Processors} processors, load {Surroundings.Load:0.00}; {(options.IsQuick ? "some minutes" : "less than half an hour")} for all steps. Times on the wire are the kernel's."));
    foreach (BenchmarkStep step in steps)
    {
        records.Add(Measure(step, table));
        // What is measured is kept, whatever becomes of the rest.
        Publication.WriteData(run, options.Output);
    }
    Console.WriteLine();
    foreach (string line in Table.Lines(run.Figures))
        Console.WriteLine(line);
    Console.WriteLine();
    foreach (StepRecord record in records)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Name}: {record.Seconds:0} s, load {record.Load:0.00}, a bare timer was {record.TimerMedian:0.000} ms late, worst {record.TimerWorst:0.000} ms{(record.Failure is { } failure ? $"; FAILED: {failure}" : "")}"));
    }
    string page = Publication.WritePages(run, isWhole: options.Steps.Count == 0 && !options.IsQuick, options.Output);
    Console.WriteLine($"written: {page}");
    return records.Any(static record => record.Failure is not null) ? 1 : 0;
}
catch (LabException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static StepRecord Measure(BenchmarkStep step, Table table)
{
    double load = Surroundings.Load;
    Sample timer = MachineBenchmark.Run(TimerWakeups);
    Console.Error.WriteLine($"measuring: {step.Name}");
    table.Step = step.Name;
    long begun = Stopwatch.GetTimestamp();
    string? failure = null;
    try
    {
        step.Measure(table);
    }
    catch (Exception e)
    {
        // Whatever it was, the other steps are worth measuring.
        failure = e is LabException ? e.Message.Split('\n')[0] : $"{e.GetType().Name}: {e.Message.Split('\n')[0]}";
        Console.Error.WriteLine($"{step.Name} failed: {e}");
    }
    return new StepRecord(step.Name, step.How, Stopwatch.GetElapsedTime(begun).TotalSeconds, load, timer.Median, timer.Worst, failure);
}
