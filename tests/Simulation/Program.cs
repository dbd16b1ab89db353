using System.Globalization;
using KeepalivedAot.Tests.Simulation;

// With arguments of its own it explores; otherwise it is a program of tests like any other.
return args switch
{
    ["seeds", var first, var count] => SeedRuns.Run(Number(first), (int)Number(count)),
    ["seed", var seed] => SeedRuns.RunOne(Number(seed)),
    ["hunt", var first, var count, var promise] => SeedRuns.Hunt(Number(first), (int)Number(count), promise),
    ["scale", .. var sizes] => ScaleRuns.Run([.. sizes.Select(Size)]),
    _ => XunitEntry.Run(args),
};

static ulong Number(string word) => ulong.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);

// 10000, or 10000x60: for so many seconds only.
static (int Routers, int Seconds) Size(string word) => word.Split('x') switch
{
    [var routers, var seconds] => ((int)Number(routers), (int)Number(seconds)),
    _ => ((int)Number(word), 3600),
};

// Apart, so that a mutant's copy needs nothing of it.
internal static class XunitEntry
{
    public static int Run(string[] args) => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
}
