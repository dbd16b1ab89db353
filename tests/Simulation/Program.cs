using System.Globalization;
using KeepalivedAot.Tests.Simulation;

// With arguments of its own it explores; otherwise it is a program of tests like any other.
return args switch
{
    ["seeds", var first, var count] => SeedRuns.Run(Number(first), (int)Number(count)),
    ["seed", var seed] => SeedRuns.RunOne(Number(seed)),
    ["hunt", var first, var count, var promise] => SeedRuns.Hunt(Number(first), (int)Number(count), promise),
    ["scale", .. var sizes] => ScaleRuns.Run([.. sizes.Select(static size => (int)Number(size))]),
    _ => XunitEntry.Run(args),
};

static ulong Number(string word) => ulong.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);

// Apart, so that a mutant's copy needs nothing of it.
internal static class XunitEntry
{
    public static int Run(string[] args) => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
}
