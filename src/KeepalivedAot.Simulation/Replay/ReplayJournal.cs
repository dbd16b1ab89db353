using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>Compares what happens with what has happened.</summary>
internal sealed class ReplayJournal : IEventJournal
{
    private const string Start = " = ";
    private const string Content = "\"event\":";

    private readonly EventJournal _journal = new(static () => default, new Log(NoLog.Instance));
    private long _position;
    private RecordInput? _input;

    public void Begin(RecordInput input) => _input = input;

    /// <summary>All that has happened then has happened now.</summary>
    public void End()
    {
        foreach (RecordLine line in _input!.Below)
        {
            if (!line.IsTaken && IsEvent(line))
                throw new DepartureException(line.Number, $"this happened then, and does not now: {line.Text[Start.Length..]}");
        }
    }

    /// <summary>The lines of the journal, those of the daemon as a whole with them.</summary>
    public static IEnumerable<string> LinesOf(RecordInput input)
        => input.Below.Where(static line => line.Text.StartsWith(Start, StringComparison.Ordinal)).Select(static line => line.Text[Start.Length..]);

    public void OnTransition(string instance, in Transition transition, Priority effective)
    {
        _journal.OnTransition(instance, transition, effective);
        Compare();
    }

    public void OnPriorityChanged(string instance, VrrpState state, Priority effective, string? because)
    {
        _journal.OnPriorityChanged(instance, state, effective, because);
        Compare();
    }

    public void OnGroupState(string group, VrrpState state)
    {
        _journal.OnGroupState(group, state);
        Compare();
    }

    public void OnTracked(TrackedThing thing)
    {
        _journal.OnTracked(thing);
        Compare();
    }

    public void OnConflict(string instance, in Conflict conflict)
    {
        _journal.OnConflict(instance, conflict);
        Compare();
    }

    private void Compare()
    {
        string now = Encoding.UTF8.GetString(_journal.LinesFrom(_position)).TrimEnd('\n');
        _position = _journal.End;
        RecordLine? then = _input!.Below.Find(static line => !line.IsTaken && IsEvent(line));
        if (then is null)
            throw _input.IsCut ? new RecordEndException() : new DepartureException(_input.Line.Number, $"this happens now, and did not then: {Essence(now)}");
        if (Essence(then.Text) != Essence(now))
            throw new DepartureException(then.Number, $"then it was {Essence(then.Text)}, and now it is {Essence(now)}");
        then.IsTaken = true;
    }

    // Without number and time, which nothing here decides.
    private static string Essence(string line) => line.IndexOf(Content, StringComparison.Ordinal) is var at and >= 0 ? $"{{{line[at..]}" : line;

    // What the module says; the rest is of the daemon around it, which is not run.
    private static bool IsEvent(RecordLine line)
        => line.Text.StartsWith(Start, StringComparison.Ordinal) && line.Text.IndexOf(Content, StringComparison.Ordinal) is var at and >= 0
            && line.Text[(at + Content.Length)..] is var kind
            && (Is(kind, JournalKinds.Transition) || Is(kind, JournalKinds.Priority) || Is(kind, JournalKinds.Group) || Is(kind, JournalKinds.Tracked) || Is(kind, JournalKinds.Conflict));

    private static bool Is(string text, string kind) => text.StartsWith($"\"{kind}\"", StringComparison.Ordinal);
}
