using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace KeepalivedAot.Tests.Simulation;

/// <summary>Rules of ours, broken one at a time: each is found by the observer of the promise that it breaks.</summary>
/// <remarks>
/// The project is compiled anew with the broken rule, into a copy of this program, which runs seeds until the promise is broken. A part of them by default, another one each day;
/// KEEPALIVED_AOT_MUTANTS=all is for all of them, or for those whose names contain the word.
/// </remarks>
public sealed class MutantTests
{
    private const int FirstSeed = 1;
    private const int Seeds = 400;
    private const int PartsOfAll = 3;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(100);

    private static readonly Lock s_listLock = new();

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Mutant.All.Count)];

    [Theory, MemberData(nameof(Numbers))]
    public void Rule_isStillWhereItIsBroken(int number)
    {
        Mutant mutant = Mutant.All[number];
        string source = File.ReadAllText(SourceOf(mutant));
        int at = source.IndexOf(mutant.Text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{mutant.Text}' does not stand in {mutant.File} any more");
        Assert.True(source.IndexOf(mutant.Text, at + 1, StringComparison.Ordinal) < 0, $"'{mutant.Text}' stands in {mutant.File} more than once");
    }

    [Fact]
    public void Broken_rules_areFound_byTheirPromise()
    {
        Mutant[] chosen = Chosen();
        ConcurrentQueue<Mutant> left = new(chosen);
        ConcurrentDictionary<Mutant, string> survivors = [];
        ConcurrentBag<string> found = [];
        // The compiler has threads of its own; a hunt is one.
        Thread[] hunters = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 4)).Select(_ => new Thread(() =>
        {
            while (left.TryDequeue(out Mutant? mutant))
            {
                Stopwatch watch = Stopwatch.StartNew();
                string? problem = Hunt(mutant, out string evidence);
                if (problem is not null)
                    survivors[mutant] = problem;
                string line = string.Create(CultureInfo.InvariantCulture, $"{(problem is null ? "found" : "NOT FOUND")} {mutant.Promise,-22} {watch.Elapsed.TotalSeconds,5:0.0} s  {mutant.Name}: {problem ?? evidence}");
                found.Add(line);
                Tell(line);
            }
        }))];
        Array.ForEach(hunters, static thread => thread.Start());
        Array.ForEach(hunters, static thread => thread.Join());
        foreach (string line in found.Order(StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(survivors.IsEmpty, string.Join('\n', survivors.Select(static it => $"{it.Key.Name} ({it.Key.Promise}): {it.Value}")));
    }

    // As soon as it is known: whoever runs all of them has to wait for a while.
    private static void Tell(string line)
    {
        if (Environment.GetEnvironmentVariable("KEEPALIVED_AOT_MUTANTS_LIST") is not { } path)
            return;
        lock (s_listLock)
            File.AppendAllText(path, line + "\n");
    }

    private static Mutant[] Chosen()
    {
        string? wanted = Environment.GetEnvironmentVariable("KEEPALIVED_AOT_MUTANTS");
        int part = DateTime.UtcNow.DayOfYear % PartsOfAll;
        return wanted switch
        {
            "all" => [.. Mutant.All],
            { Length: > 0 } word => [.. Mutant.All.Where(mutant => mutant.Name.Contains(word, StringComparison.Ordinal))],
            _ => [.. Mutant.All.Where((_, number) => number % PartsOfAll == part)],
        };
    }

    // Null: it was found.
    private static string? Hunt(Mutant mutant, out string evidence)
    {
        evidence = "";
        string copy = Directory.CreateTempSubdirectory("keepalived-aot-mutant-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            {
                string name = Path.GetFileName(file);
                // The compiler is not needed there, and without the list of what is everything in the folder is taken.
                if ((name.EndsWith(".dll", StringComparison.Ordinal) && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)) || name.EndsWith(".runtimeconfig.json", StringComparison.Ordinal))
                    File.Copy(file, Path.Combine(copy, name));
            }
            if (Compile(mutant, Path.Combine(copy, $"{mutant.Project}.dll")) is { } mistake)
                return mistake;
            return Run(copy, mutant.Promise, out evidence);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string? Compile(Mutant mutant, string path)
    {
        string folder = Path.Combine(Repository.Root, "src", mutant.Project);
        string[] sources = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories), .. Directory.GetFiles(ObjectsOf(mutant.Project), "*.cs")];
        CSharpParseOptions parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        string broken = SourceOf(mutant);
        IEnumerable<SyntaxTree> trees = sources.Select(source =>
        {
            string text = File.ReadAllText(source);
            if (source == broken)
                text = text.Replace(mutant.Text, mutant.Replacement, StringComparison.Ordinal);
            return CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), parsing, source);
        });
        string[] framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':');
        CSharpCompilation compilation = CSharpCompilation.Create(
            mutant.Project, trees,
            framework.Where(file => Path.GetFileNameWithoutExtension(file) != mutant.Project && !Path.GetFileName(file).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                .Select(static file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        using FileStream assembly = File.Create(path);
        Diagnostic[] errors = [.. compilation.Emit(assembly).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return errors.Length == 0 ? null : $"does not compile: {string.Join("; ", errors.Take(3).Select(static error => error.ToString()))}";
    }

    private static string? Run(string copy, string promise, out string evidence)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Path.Combine(copy, "KeepalivedAot.Tests.Simulation.dll"), "hunt", $"{FirstSeed}", $"{Seeds}", promise])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(s_limit);
        if (!ended)
        {
            process.Kill();
            process.WaitForExit();
        }
        evidence = output.Result.ReplaceLineEndings(" ").Trim();
        return !ended ? $"the hunt took longer than {s_limit.TotalSeconds:0} s: {evidence}" : process.ExitCode == SeedRuns.Found ? null : $"survives: {evidence} {errors.Result}";
    }

    private static string SourceOf(Mutant mutant) => Path.Combine(Repository.Root, "src", mutant.File);

    // What the build adds: global usings, and who may see what is internal.
    private static string ObjectsOf(string project)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(Repository.Root, "artifacts", "build", "obj", project, configuration);
    }
}
