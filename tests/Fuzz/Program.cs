using System.Globalization;
using SharpFuzz;

namespace KeepalivedAot.Tests.Fuzz;

/// <summary>Lists, seeds, replays and drives the targets; <c>tests/Fuzz/run</c> and <c>tests/Fuzz/fuzz</c> know how it is called.</summary>
internal static class Program
{
    private const int Usage = 2;

    public static int Main(string[] words) => words switch
    {
        ["list"] => List(),
        ["seeds", var name, var directory] => Seed(name, directory),
        ["replay", var corpus] => Replay(corpus),
        ["once", var name, .. var files] => Once(name, files),
        // Under afl-fuzz.
        ["drive", var name] => Drive(name),
        _ => Complain("usage: list | seeds TARGET DIRECTORY | replay CORPUS | once TARGET FILE... | drive TARGET"),
    };

    private static int List()
    {
        foreach (FuzzTarget target in FuzzTargets.All)
            Console.WriteLine($"{target.Name,-20}{target.What}");
        return 0;
    }

    private static int Seed(string name, string directory)
    {
        if (FuzzTargets.Find(name) is not { } target)
            return Complain($"there is no target {name}");
        Directory.CreateDirectory(directory);
        int number = 0;
        foreach (byte[] seed in target.Seeds())
            File.WriteAllBytes(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"seed-{number++:000}")), seed);
        return 0;
    }

    // In the form that tests/run adds up.
    private static int Replay(string corpus)
    {
        int passed = 0;
        int failed = 0;
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            string directory = Path.Combine(corpus, target.Name);
            List<(string Name, byte[] Input)> inputs = [.. target.Seeds().Select(static (seed, number) => ($"seed {number}", seed))];
            if (Directory.Exists(directory))
                inputs.AddRange(Directory.GetFiles(directory).Order(StringComparer.Ordinal).Select(static path => (Path.GetFileName(path), File.ReadAllBytes(path))));
            List<string> problems = [.. inputs.Select(input => ProblemOf(target, input.Name, input.Input)).OfType<string>()];
            if (inputs.Count == 0)
                problems.Add("there is nothing to replay");
            Console.WriteLine($"{(problems.Count == 0 ? "ok" : "not ok")} {passed + failed + 1} - {target.Name}, {inputs.Count} inputs");
            foreach (string problem in problems)
                Console.WriteLine($"# {problem.ReplaceLineEndings("\n# ")}");
            if (problems.Count == 0)
                passed++;
            else
                failed++;
        }
        // A corpus of nobody is one that is not replayed any more.
        foreach (string directory in Directory.GetDirectories(corpus).Where(static directory => FuzzTargets.Find(Path.GetFileName(directory)) is null))
        {
            Console.WriteLine($"not ok {passed + ++failed} - {Path.GetFileName(directory)}: there is no such target");
        }
        Console.WriteLine($"{passed} passed, {failed} failed, 0 skipped");
        return failed == 0 ? 0 : 1;
    }

    private static string? ProblemOf(FuzzTarget target, string name, byte[] input)
    {
        try
        {
            target.RunBounded(input);
            return null;
        }
        catch (Exception e)
        {
            return $"{name}: {e}";
        }
    }

    private static int Once(string name, string[] files)
    {
        if (FuzzTargets.Find(name) is not { } target)
            return Complain($"there is no target {name}");
        foreach (string file in files)
            target.RunBounded(File.ReadAllBytes(file));
        return 0;
    }

    private static int Drive(string name)
    {
        // What is instrumented needs the memory that it counts in, and that is there from the first run on.
        FuzzTarget? target = null;
        Fuzzer.OutOfProcess.Run(stream =>
        {
            target ??= FuzzTargets.Find(name) ?? throw new ArgumentException($"there is no target {name}");
            using MemoryStream input = new();
            stream.CopyTo(input);
            target.RunBounded(input.ToArray());
        });
        return 0;
    }

    private static int Complain(string what)
    {
        Console.Error.WriteLine(what);
        return Usage;
    }
}
