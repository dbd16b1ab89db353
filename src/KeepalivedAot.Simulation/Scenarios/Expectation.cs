using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Scenarios;

/// <summary>What somebody wants to be so in a run: <c>outage 4s</c>, <c>dual 0s</c>, <c>master m1 at 20s</c>.</summary>
/// <param name="Check">What is otherwise, a sentence each.</param>
internal sealed record Expectation(string Text, Func<SimulationRun, IEnumerable<string>> Check)
{
    /// <summary>When it is looked at; zero: all the time.</summary>
    public Duration At { get; init; }

    private static readonly string[] s_forms = ["outage TIME", "dual TIME", "master HOST at TIME"];

    /// <summary>For help.</summary>
    public static IReadOnlyList<string> Forms => s_forms;

    /// <param name="words">Behind <c>expect</c>.</param>
    /// <param name="world">Wired: its hosts are those that can be named.</param>
    /// <returns>Null: it is wrong.</returns>
    public static Expectation? Read(List<FaultWord> words, SimulatedWorld world, out FaultMistake? mistake)
    {
        FaultWord first = words[0];
        FaultWord Word(int number) => words[Math.Min(number, words.Count - 1)];
        int length = first.Text == "master" ? 4 : 2;
        mistake = words.Count > length + 1 ? new FaultMistake(words[length].Column, $"'{words[length].Text}' is too much", s_forms) : null;
        if (mistake is not null)
            return null;
        string text = string.Join(' ', words.Select(static word => word.Text)).TrimEnd();
        switch (first.Text)
        {
            case "outage":
            case "dual":
                if (!FaultReader.TryReadTime(Word(1).Text, Word(1).Column, out Duration most, out mistake))
                    return null;
                return first.Text == "outage"
                    ? new Expectation(text, run => Never(run).Concat(Longer(run, most, "nobody is MASTER", MasterSpans.Outages)))
                    : new Expectation(text, run => Longer(run, most, "several are MASTER", MasterSpans.Duals));
            case "master":
                if (world.FindHost(Word(1).Text) is not { } host)
                {
                    mistake = new FaultMistake(Word(1).Column, Word(1).Text.Length == 0 ? "the router is missing" : $"'{Word(1).Text}' is no router", [.. world.Hosts.Select(static host => host.Name)]);
                    return null;
                }
                if (Word(2).Text != "at")
                {
                    mistake = new FaultMistake(Word(2).Column, "when is missing", ["at TIME"]);
                    return null;
                }
                return FaultReader.TryReadTime(Word(3).Text, Word(3).Column, out Duration at, out mistake)
                    ? new Expectation(text, run => NotMaster(run, host.Name, default(Instant) + at)) { At = at } : null;
            default:
                mistake = new FaultMistake(first.Column, first.Text.Length == 0 ? "what is expected is missing" : $"'{first.Text}' is nothing that can be expected", s_forms);
                return null;
        }
    }

    private static IEnumerable<string> Never(SimulationRun run)
        => run.World.Routers.Where(router => router.Members.All(static member => member.Phases.All(static phase => phase.State != RouterState.Master))).Select(static router => $"{router}: nobody is ever MASTER");

    private static IEnumerable<string> Longer(SimulationRun run, Duration most, string what, Func<List<MasterSpans.Span>, IEnumerable<MasterSpans.Span>> wrong)
        => run.World.Routers.SelectMany(router => wrong(MasterSpans.Of(router, run.End)).Where(span => span.Length > most)
            .Select(span => $"{TimeText.Of(span.From)} to {TimeText.Of(span.To)}: {router}: {what} for {TimeText.Of(span.Length)}, expected at most {TimeText.Of(most)}"));

    private static IEnumerable<string> NotMaster(SimulationRun run, string name, Instant at)
    {
        VirtualRouter.Member[] members = [.. run.World.MembersOf(run.World.FindHost(name)!)];
        // What only another configuration has is nothing that it takes part in.
        if (Array.Exists(members, member => member.StateAt(at) != RouterState.None))
            members = [.. members.Where(member => member.StateAt(at) != RouterState.None)];
        return members.Where(member => member.StateAt(at) != RouterState.Master)
            .Select(member => $"{TimeText.Of(at)}: {member.Router}: {name} is {member.StateAt(at).ToString().ToUpperInvariant()}, expected MASTER");
    }
}
