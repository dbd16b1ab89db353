using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>The arguments of the program; `make bench` sets them.</summary>
internal sealed record Options
{
    public bool IsQuick { get; private init; }

    /// <summary>Parts of the names of steps; empty: all of them.</summary>
    public IReadOnlyList<string> Steps { get; private init; } = [];

    /// <summary>Where the data is written, and the page of a run that is not a whole one.</summary>
    public string Output { get; private init; } = Path.Combine(Binaries.Repository, "artifacts", "bench");

    /// <summary>Data of an earlier run, to write its page and charts anew; null: measure.</summary>
    public string? From { get; private init; }

    public int Trials => IsQuick ? 4 : 20;

    /// <exception cref="LabException">An argument makes no sense.</exception>
    public static Options Of(string[] arguments)
    {
        Options options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            string Value() => ++i < arguments.Length ? arguments[i] : throw new LabException($"{arguments[i - 1]} needs a value");
            options = arguments[i] switch
            {
                "--quick" => options with { IsQuick = true },
                "--step" => options with { Steps = Value().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                "--output" => options with { Output = Value() },
                "--from" => options with { From = Value() },
                _ => throw new LabException(string.Create(CultureInfo.InvariantCulture, $"unknown argument {arguments[i]}; there are --quick, --step NAME[,NAME…], --output DIRECTORY, --from FILE")),
            };
        }
        return options;
    }

    /// <exception cref="LabException">One of the names belongs to no step.</exception>
    public IReadOnlyList<BenchmarkStep> Choose(IReadOnlyList<BenchmarkStep> all)
    {
        static bool Matches(BenchmarkStep step, string name) => step.Name.Contains(name, StringComparison.OrdinalIgnoreCase);
        foreach (string name in Steps)
        {
            if (!all.Any(step => Matches(step, name)))
                throw new LabException($"there is no step {name}; there are: {string.Join(", ", all.Select(static step => step.Name))}");
        }
        // A name that is one of a step means just that: "memory" is not "memory limit".
        return Steps.Count == 0 ? all : [.. all.Where(step => Steps.Any(name =>
            all.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? step.Name.Equals(name, StringComparison.OrdinalIgnoreCase) : Matches(step, name)))];
    }
}
