using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Simulation.Faults;

/// <summary>Reads faults as people write them: <c>t=10s down m1:eth0 for 5s</c>.</summary>
/// <remarks>
/// <c>t=TIME</c>, and then one of <see cref="s_forms"/>. A TIME has a unit: us, ms, s, m or h. A WAY is <c>m1->m2</c>, or <c>m1&lt;->m2</c> for both
/// directions; <c>m1:eth0</c> is one interface of a host, and <c>*</c> stands for every host. Of faults of one thing whose times overlap the last counts,
/// and those of a way add up. What is named must be there: nothing is guessed.
/// </remarks>
internal sealed partial class FaultReader
{
    /// <summary>Of the fault that brings another file along.</summary>
    public const string ReloadWord = "reload";

    private delegate Action<SimulatedWorld> Form(FaultReader reader);

    // In the order in which they are listed for whoever asks.
    private static readonly (string Word, string Arguments, Form Read)[] s_forms =
    [
        ("crash", "HOST", static reader => reader.EndDaemon(static host => host.Crash())),
        ("kill", "HOST", static reader => reader.EndDaemon(static host => host.Kill())),
        ("stop", "HOST", static reader => reader.EndDaemon(static host => host.Stop())),
        ("start", "HOST", static reader => reader.Start()),
        ("stall", "HOST [for TIME]", static reader => reader.Hold(static host => host.Stall())),
        ("sleep", "HOST [for TIME]", static reader => reader.Hold(static host => host.Sleep())),
        ("wake", "HOST", static reader => reader.Wake()),
        ("slow", "HOST TIME [for TIME]", static reader => reader.Slow()),
        ("down", "HOST:INTERFACE [for TIME]", static reader => reader.Down()),
        ("up", "HOST:INTERFACE", static reader => reader.Up()),
        ("script", "NAME fails|succeeds|takes TIME on HOST [for TIME]", static reader => reader.Script()),
        ("process", "NAME fails|succeeds on HOST [for TIME]", static reader => reader.Tracked(TrackerKind.Process)),
        ("bfd", "NAME fails|succeeds on HOST [for TIME]", static reader => reader.Tracked(TrackerKind.Bfd)),
        ("file", "NAME NUMBER on HOST [for TIME]", static reader => reader.TrackedFile()),
        ("priority", "INSTANCE +N|-N on HOST [for TIME]", static reader => reader.Adjust()),
        (ReloadWord, "HOST FILE", static reader => reader.Reload()),
        ("remove", "ADDRESS on HOST", static reader => reader.Remove()),
        ("refuse", "ERRNO on HOST [for TIME]", static reader => reader.Refuse()),
        ("drift", "PPM HOST", static reader => reader.Drift()),
        ("cut", "WAY [for TIME]", static reader => reader.OnWay(static quality => quality with { IsCut = true })),
        ("loss", "PERCENT WAY [for TIME]", static reader => reader.Share(static (quality, share) => quality with { Loss = share })),
        ("duplicate", "PERCENT WAY [for TIME]", static reader => reader.Share(static (quality, share) => quality with { Duplication = share })),
        ("reorder", "PERCENT WAY [for TIME]", static reader => reader.Share(static (quality, share) => quality with { Reordering = share })),
        ("delay", "TIME WAY [for TIME]", static reader => reader.Time(static (quality, time) => quality with { Delay = time })),
        ("jitter", "TIME WAY [for TIME]", static reader => reader.Time(static (quality, time) => quality with { Jitter = time })),
        ("heal", "WAY", static reader => reader.Heal()),
    ];

    // Of what takes time each time: longer is a cut, or a host that stands still.
    private static readonly Duration s_longestDelay = Duration.FromSeconds(3600);

    // Ten years.
    private static readonly Duration s_longest = Duration.FromSeconds(87_600 * 3600L);

    // A clock that is worse is broken, and one that stands still is asleep.
    private const int MostDrift = 500_000;

    // Every priority can become every other one.
    private const int MostAdjustment = 254;

    private static readonly Errno[] s_refusals = [Errno.EPERM, Errno.ENOBUFS, Errno.ENOMEM, Errno.EBUSY, Errno.EINVAL];

    private readonly SimulatedWorld _world;
    private readonly List<FaultWord> _words;
    private int _at;
    private Duration _length;

    private FaultReader(SimulatedWorld world, string line)
    {
        _world = world;
        _words = FaultWord.Split(line);
    }

    /// <summary>What can be done, a line each: for help.</summary>
    public static IEnumerable<string> Forms => s_forms.Select(static form => $"t=TIME {form.Word} {form.Arguments}");

    /// <param name="world">Wired: its hosts and interfaces are those that can be named.</param>
    public static bool TryRead(SimulatedWorld world, string line, out Fault? fault, out FaultMistake? mistake)
    {
        fault = null;
        mistake = null;
        FaultReader reader = new(world, line);
        try
        {
            fault = reader.Read();
            return true;
        }
        catch (MistakeException found)
        {
            mistake = found.Mistake;
            return false;
        }
    }

    private Fault Read()
    {
        FaultWord first = Next();
        if (!first.Text.StartsWith("t=", StringComparison.Ordinal))
            throw Mistake(first, first.Text.Length == 0 ? "nothing is said" : $"'{first.Text}' is not when it happens", "t=TIME");
        Duration at = ReadTime(new FaultWord(first.Text[2..], first.Column + 2));
        FaultWord word = Next();
        int form = Array.FindIndex(s_forms, form => form.Word == word.Text);
        if (form < 0)
            throw Mistake(word, word.Text.Length == 0 ? "what happens is missing" : $"'{word.Text}' is nothing that can happen", [.. s_forms.Select(static form => form.Word)]);
        Action<SimulatedWorld> action = s_forms[form].Read(this);
        if (Peek.Text.Length > 0)
            throw Mistake(Peek, $"'{Peek.Text}' is too much", $"{s_forms[form].Word} {s_forms[form].Arguments}");
        return new Fault(at, Text, action) { Length = _length };
    }

    private string Text => string.Join(' ', _words.Skip(1).Select(static word => word.Text)).TrimEnd();

    /// <param name="text">As after <c>for</c> and <c>t=</c>: <c>10s</c>.</param>
    public static bool TryReadTime(string text, int column, out Duration time, out FaultMistake? mistake)
    {
        mistake = null;
        time = default;
        try
        {
            time = ReadTime(new FaultWord(text, column));
            return true;
        }
        catch (MistakeException found)
        {
            mistake = found.Mistake;
            return false;
        }
    }

    private SimulatedHost ReadHost(FaultWord word)
        => _world.FindHost(word.Text) ?? throw Mistake(word, Missing(word, "router"), [.. _world.Hosts.Select(static host => host.Name)]);

    private Port[] ReadPorts(FaultWord word)
    {
        IEnumerable<Port> all = _world.Hosts.SelectMany(static host => host.Ports.Values);
        if (word.Text == "*")
            return [.. all];
        return word.Text.Contains(':') ? [ReadPort(word)] : [.. ReadHost(word).Ports.Values];
    }

    private Port ReadPort(FaultWord word)
    {
        Port[] all = [.. _world.Hosts.SelectMany(static host => host.Ports.Values)];
        return Array.Find(all, port => port.Name == word.Text) ?? throw Mistake(word, Missing(word, "interface"), [.. all.Select(static port => port.Name)]);
    }

    private static Duration ReadDelay(FaultWord word)
    {
        Duration time = ReadTime(word);
        return time <= s_longestDelay ? time : throw Mistake(word, $"'{word.Text}' is too long here", "up to 1h");
    }

    private static Duration ReadTime(FaultWord word)
    {
        if (TimeWord.TryParse(word.Text, out Duration time) && time <= s_longest)
            return time;
        throw Mistake(word, Missing(word, "time"), "a number with us, ms, s, m or h, such as 10s, up to ten years");
    }

    private T Choose<T>(params ReadOnlySpan<(string Word, T Value)> choices)
    {
        FaultWord word = Next();
        List<string> possible = [];
        foreach ((string known, T value) in choices)
        {
            if (known == word.Text)
                return value;
            possible.Add(known);
        }
        throw Mistake(word, word.Text.Length == 0 ? "something is missing" : $"'{word.Text}' says nothing here", [.. possible]);
    }

    private FaultWord Peek => _words[Math.Min(_at, _words.Count - 1)];

    private FaultWord Next()
    {
        FaultWord word = Peek;
        _at++;
        return word;
    }

    private static string Missing(FaultWord word, string what) => word.Text.Length == 0 ? $"the {what} is missing" : $"'{word.Text}' is no {what}";

    private static MistakeException Mistake(FaultWord at, string what, params string[] possible) => new(new FaultMistake(at.Column, what, possible));

    private sealed class MistakeException(FaultMistake mistake) : Exception
    {
        public FaultMistake Mistake => mistake;
    }
}
