using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Tests.Unit.Config.Golden;
using KeepalivedAot.Tests.Unit.Config.Keywords;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>
/// Whatever the bytes, reading ends soon, without an exception, with findings whose places exist; and what has no errors reads back as
/// itself. Runs for a time that <c>KEEPALIVED_AOT_FUZZ_SECONDS</c> gives, from a seed that <c>KEEPALIVED_AOT_FUZZ_SEED</c> gives.
/// </summary>
public sealed class FuzzTests
{
    private const int DefaultSeconds = 8;
    private const ulong DefaultSeed = 20261125;

    // A sequence of the most lines that are allowed, on a busy machine.
    private static readonly TimeSpan MostPerInput = TimeSpan.FromSeconds(60);

    private static readonly string CorpusDirectory = Path.Combine(GoldenFiles.Root, "fuzz");
    private static readonly Dictionary<string, byte[]> Files = Directory
        .EnumerateFiles(GoldenFiles.Root, "*", SearchOption.AllDirectories)
        .Where(static path => !path.EndsWith(".ok", StringComparison.Ordinal))
        .ToDictionary(static path => Path.GetRelativePath(GoldenFiles.Root, path), File.ReadAllBytes);

    public static TheoryData<string> Kept => [.. Directory.EnumerateFiles(CorpusDirectory).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Mutated_words_are_survived() => Run(static (mutator, prng) => mutator.MutateWords(prng));

    [Fact]
    public void Mutated_bytes_are_survived() => Run(static (mutator, prng) => mutator.MutateBytes(prng));

    [Theory]
    [MemberData(nameof(Kept))]
    public void Input_that_hurt_once_is_survived(string name)
    {
        string? problem = ProblemOf(File.ReadAllBytes(Path.Combine(CorpusDirectory, name)));
        Assert.True(problem is null, problem);
    }

    private static void Run(Func<FuzzMutator, Prng, byte[]> mutate)
    {
        FuzzMutator mutator = new(Corpus(), [.. KeywordRow.All.Select(static row => row.Keyword).Distinct()]);
        TimeSpan allowed = TimeSpan.FromSeconds(Setting("KEEPALIVED_AOT_FUZZ_SECONDS", DefaultSeconds));
        ulong seed = Setting("KEEPALIVED_AOT_FUZZ_SEED", DefaultSeed);
        long start = Stopwatch.GetTimestamp();
        do
        {
            byte[] input = mutate(mutator, new Prng(seed));
            if (ProblemOf(input) is string problem)
                Assert.Fail($"seed {seed}: {problem}\nThe input is in {Keep(seed, input)}; what is mended goes into tests/Golden/fuzz.");
            seed++;
        }
        while (Stopwatch.GetElapsedTime(start) < allowed);
    }

    private static List<byte[]> Corpus()
        => [.. Files.Values, Encoding.UTF8.GetBytes(ConfigText.Valid), .. KeywordRow.All.Where(static r => r.Good is not null).Select(static r => Encoding.UTF8.GetBytes(r.Good!))];

    private static ulong Setting(string variable, ulong usual)
        => ulong.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out ulong given) ? given : usual;

    private static string Keep(ulong seed, byte[] input)
    {
        string directory = Path.Combine(Repository.Root, "artifacts", "fuzz");
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, $"{seed}.conf");
        File.WriteAllBytes(path, input);
        return path;
    }

    private static string? ProblemOf(byte[] input)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            LoadResult result = ConfigurationLoader.Load("main", new Inputs(input), GoldenRecording.Options);
            string? problem = result.Diagnostics.Select(d => PlaceProblem(d)).FirstOrDefault(static p => p is not null) ?? ReportProblem(result);
            // What keepalived refuses by its exit status only, such as a warning of another class, may still be printed.
            if (problem is null && !result.Diagnostics.HasErrors)
                problem = RoundTrip.ProblemOf(result, GoldenRecording.Options);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            return problem ?? (taken > MostPerInput ? $"it took {taken.TotalSeconds} s" : null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.ToString();
        }
    }

    private static string? PlaceProblem(Diagnostic diagnostic)
        => PlaceProblem(diagnostic, diagnostic.Location)
            ?? diagnostic.Related.Select(related => PlaceProblem(diagnostic, related.Location)).FirstOrDefault(static p => p is not null);

    private static string? PlaceProblem(Diagnostic diagnostic, SourceLocation at)
    {
        if (at.File is null)
            return $"{diagnostic.Code} '{diagnostic.Message}' has no place";
        if (at.Line == 0)
            return null;
        byte[] content = Files.TryGetValue(at.File.Path, out byte[]? bytes) ? bytes : at.File.Content;
        int lines = content.AsSpan().Count((byte)'\n') + 1;
        if (at.Line < 1 || at.Line > lines)
            return $"{diagnostic.Code} is on line {at.Line} of {lines}";
        int width = Width(at.File.Line(at.Line));
        return at.Column < 1 || at.Length < 1 || at.Column + at.Length - 1 > Math.Max(width, at.Column)
            ? $"{diagnostic.Code} '{diagnostic.Message}' is at {at} with a length of {at.Length}, in a line of {width}"
            : null;
    }

    private static int Width(ReadOnlySpan<byte> line)
    {
        int width = 0;
        for (; !line.IsEmpty; width++)
        {
            Rune.DecodeFromUtf8(line, out _, out int consumed);
            line = line[consumed..];
        }
        return width;
    }

    private static string? ReportProblem(LoadResult result)
    {
        CheckReport report = new([result]);
        if (report.Write(ReportFormat.Text).Any(static c => char.IsControl(c) && c is not ('\n' or '\t')))
            return "control characters in the report";
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(report.Write(ReportFormat.Json));
        return null;
    }

    // The input, which may include the golden files.
    private sealed class Inputs(byte[] main) : IConfigFiles
    {
        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            content = path == "main" ? main : Files.GetValueOrDefault(path);
            problem = content is null ? "No such file or directory" : null;
            return content is not null;
        }

        public ConfigFileKind Inspect(string path)
            => path == "main" || Files.ContainsKey(path) ? ConfigFileKind.File
                : Files.Keys.Any(f => f.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal)) ? ConfigFileKind.Directory
                : ConfigFileKind.Missing;

        public IReadOnlyList<string>? List(string directory)
        {
            string prefix = directory is "." or "" ? "" : directory.TrimEnd('/') + "/";
            return [.. Files.Keys.Where(f => f.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f[prefix.Length..].Split('/')[0]).Distinct()];
        }

        public string? GetVariable(string name) => name == "GOLDEN" ? "from {the} #environment" : null;
    }
}
