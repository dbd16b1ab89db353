using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Simulation.Faults;

/// <summary>Reads faults as people write them: <c>t=10s down m1:eth0 for 5s</c>.</summary>
/// <remarks>
/// <c>t=TIME</c>, and then one of <see cref="s_forms"/>. A TIME has a unit: us, ms, s, m or h. A WAY is <c>m1->m2</c>, or <c>m1&lt;->m2</c> for both
/// directions; <c>*</c> stands for every host. What is named must be there: nothing is guessed.
/// </remarks>
internal sealed class FaultReader
{
    private delegate Action<SimulatedWorld> Form(FaultReader reader);

    // In the order in which they are listed for whoever asks.
    private static readonly (string Word, string Arguments, Form Read)[] s_forms =
    [
        ("crash", "HOST", static reader => reader.OnHost(static host => host.Crash())),
        ("kill", "HOST", static reader => reader.OnHost(static host => host.Kill())),
        ("stop", "HOST", static reader => reader.OnHost(static host => host.Stop())),
        ("start", "HOST", static reader => reader.OnHost(Start)),
        ("stall", "HOST [for TIME]", static reader => reader.OnHostFor(static host => host.Stall(), static host => host.Wake())),
        ("sleep", "HOST [for TIME]", static reader => reader.OnHostFor(static host => host.Sleep(), static host => host.Wake())),
        ("wake", "HOST", static reader => reader.OnHost(static host => host.Wake())),
        ("slow", "HOST TIME [for TIME]", static reader => reader.Slow()),
        ("down", "HOST:INTERFACE [for TIME]", static reader => reader.Carrier(isUp: false)),
        ("up", "HOST:INTERFACE", static reader => reader.Carrier(isUp: true)),
        ("script", "NAME fails|succeeds on HOST", static reader => reader.Tracked(TrackerKind.Script)),
        ("process", "NAME fails|succeeds on HOST", static reader => reader.Tracked(TrackerKind.Process)),
        ("file", "NAME NUMBER on HOST", static reader => reader.TrackedFile()),
        ("priority", "INSTANCE +N|-N on HOST [for TIME]", static reader => reader.Adjust()),
        ("reload", "HOST FILE", static reader => reader.Reload()),
        ("remove", "ADDRESS on HOST", static reader => reader.Remove()),
        ("refuse", "ERRNO on HOST [for TIME]", static reader => reader.Refuse()),
        ("drift", "PPM HOST", static reader => reader.Drift()),
        ("cut", "WAY [for TIME]", static reader => reader.OnWay(static quality => quality with { IsCut = true })),
        ("loss", "PERCENT WAY [for TIME]", static reader => reader.Share(static (quality, share) => quality with { Loss = share })),
        ("duplicate", "PERCENT WAY [for TIME]", static reader => reader.Share(static (quality, share) => quality with { Duplication = share })),
        ("reorder", "PERCENT WAY [for TIME]", static reader => reader.Share(static (quality, share) => quality with { Reordering = share })),
        ("delay", "TIME WAY [for TIME]", static reader => reader.Time(static (quality, time) => quality with { Delay = time })),
        ("jitter", "TIME WAY [for TIME]", static reader => reader.Time(static (quality, time) => quality with { Jitter = time })),
        ("heal", "WAY", static reader => reader.OnWay(static _ => PathQuality.Good)),
    ];

    // A clock that is worse is broken, and one that stands still is asleep.
    private const int MostDrift = 500_000;

    // Every priority can become every other one.
    private const int MostAdjustment = 254;

    private static readonly Errno[] s_refusals = [Errno.EPERM, Errno.ENOBUFS, Errno.ENOMEM, Errno.EBUSY, Errno.EINVAL];

    private static readonly (string Unit, long Nanoseconds)[] s_units =
        [("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000)];

    private readonly SimulatedWorld _world;
    private readonly List<FaultWord> _words;
    private int _at;

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
        return new Fault(at, Text, action);
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

    private static void Start(SimulatedHost host)
    {
        if (host.State == HostState.Down)
            host.Start();
    }

    private Action<SimulatedWorld> OnHost(Action<SimulatedHost> action)
    {
        SimulatedHost host = ReadHost(Next());
        return _ => action(host);
    }

    private Action<SimulatedWorld> OnHostFor(Action<SimulatedHost> begin, Action<SimulatedHost> end)
    {
        SimulatedHost host = ReadHost(Next());
        return WithEnd(_ => begin(host), _ => end(host));
    }

    private Action<SimulatedWorld> Slow()
    {
        SimulatedHost host = ReadHost(Next());
        Duration time = ReadTime(Next());
        Duration usual = host.Wakeup;
        return WithEnd(_ => host.Wakeup = time, _ => host.Wakeup = usual);
    }

    private Action<SimulatedWorld> Carrier(bool isUp)
    {
        FaultWord word = Next();
        string[] ports = [.. _world.Hosts.SelectMany(static host => host.Ports.Values).Select(static port => port.Name)];
        if (!ports.Contains(word.Text))
            throw Mistake(word, Missing(word, "interface"), ports);
        string[] parts = word.Text.Split(':', 2);
        SimulatedHost host = _world.FindHost(parts[0])!;
        Action<SimulatedWorld> set = _ => host.Kernel.SetCarrier(parts[1], isUp);
        return isUp ? set : WithEnd(set, _ => host.Kernel.SetCarrier(parts[1], isUp: true));
    }

    private Action<SimulatedWorld> Tracked(TrackerKind kind)
    {
        FaultWord name = Next();
        if (name.Text.Length == 0)
            throw Mistake(name, "its name is missing");
        TrackerReading reading = Choose(("fails", TrackerReading.Bad), ("succeeds", TrackerReading.Good));
        Choose(("on", 0));
        FaultWord at = Next();
        SimulatedHost host = ReadHost(at);
        string[] names = kind == TrackerKind.Script
            ? [.. host.Load().Configuration.VrrpScripts.Select(static script => script.Name)]
            : [.. host.Load().Configuration.TrackProcesses.Select(static process => process.Name)];
        if (!names.Contains(name.Text))
            throw Mistake(name, $"{host.Name} has no {(kind == TrackerKind.Script ? "script" : "process")} '{name.Text}'", names);
        TrackerId thing = new(kind, name.Text);
        return _ => host.Report(thing, reading);
    }

    private Action<SimulatedWorld> TrackedFile()
    {
        FaultWord name = Next();
        FaultWord number = Next();
        if (!int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            throw Mistake(number, Missing(number, "number"));
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        string[] names = [.. host.Load().Configuration.TrackFiles.Select(static file => file.Name)];
        if (!names.Contains(name.Text))
            throw Mistake(name, $"{host.Name} has no track_file '{name.Text}'", names);
        TrackerId thing = new(TrackerKind.File, name.Text);
        return _ => host.Report(thing, TrackerReading.OfNumber(value));
    }

    private Action<SimulatedWorld> Adjust()
    {
        FaultWord name = Next();
        FaultWord number = Next();
        bool isSigned = number.Text.StartsWith('+') || number.Text.StartsWith('-');
        if (!isSigned || !int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int amount) || amount is < -MostAdjustment or > MostAdjustment)
            throw Mistake(number, Missing(number, "change of a priority"), $"-{MostAdjustment} to +{MostAdjustment}, with its sign");
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        string[] names = [.. host.Load().Configuration.VrrpInstances.Select(static block => block.Name)];
        if (!names.Contains(name.Text))
            throw Mistake(name, $"{host.Name} has no instance '{name.Text}'", names);
        return WithEnd(_ => host.Adjust(name.Text, amount), _ => host.Adjust(name.Text, 0));
    }

    // It is read now, so that a mistake in it is one of whoever wrote the fault, and what it includes at the reload.
    private Action<SimulatedWorld> Reload()
    {
        SimulatedHost host = ReadHost(Next());
        FaultWord file = Next();
        if (file.Text.Length == 0)
            throw Mistake(file, "the file is missing");
        if (!host.TryReadFile(file.Text, out byte[]? content, out string? problem))
            throw Mistake(file, $"{file.Text} cannot be read: {problem}");
        return _ => host.Reload(content);
    }

    private Action<SimulatedWorld> Refuse()
    {
        FaultWord word = Next();
        Errno errno = Array.Find(s_refusals, known => known.ToString() == word.Text);
        if (errno == Errno.None)
            throw Mistake(word, Missing(word, "refusal of a kernel"), [.. s_refusals.Select(static known => known.ToString())]);
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        return WithEnd(_ => host.Kernel.Refusal = errno, _ => host.Kernel.Refusal = Errno.None);
    }

    private Action<SimulatedWorld> Drift()
    {
        FaultWord word = Next();
        if (!int.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int drift) || drift is < -MostDrift or > MostDrift)
            throw Mistake(word, Missing(word, "number of parts per million"), $"-{MostDrift} to {MostDrift}");
        SimulatedHost host = ReadHost(Next());
        return _ => host.Clock.Drift = drift;
    }

    private Action<SimulatedWorld> Remove()
    {
        FaultWord word = Next();
        if (!IpAddress.TryParse(word.Text, out IpAddress address))
            throw Mistake(word, Missing(word, "address"));
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        return _ => host.Kernel.Remove(address);
    }

    private Action<SimulatedWorld> Share(Func<PathQuality, double, PathQuality> change)
    {
        FaultWord word = Next();
        if (!word.Text.EndsWith('%') || !double.TryParse(word.Text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) || percent > 100)
            throw Mistake(word, Missing(word, "share of the packets"), "0% to 100%");
        return OnWay(quality => change(quality, percent / 100));
    }

    private Action<SimulatedWorld> Time(Func<PathQuality, Duration, PathQuality> change)
    {
        Duration time = ReadTime(Next());
        return OnWay(quality => change(quality, time));
    }

    private Action<SimulatedWorld> OnWay(Func<PathQuality, PathQuality> change)
    {
        FaultWord word = Next();
        int arrow = word.Text.IndexOf("->", StringComparison.Ordinal);
        if (arrow <= 0)
            throw Mistake(word, Missing(word, "way"), "HOST->HOST", "HOST<->HOST");
        bool isBoth = word.Text[arrow - 1] == '<';
        SimulatedHost[] from = ReadHosts(new FaultWord(word.Text[..(isBoth ? arrow - 1 : arrow)], word.Column));
        SimulatedHost[] to = ReadHosts(new FaultWord(word.Text[(arrow + 2)..], word.Column + arrow + 2));
        List<(Segment Segment, Port From, Port To)> ways = [];
        foreach (Segment segment in _world.Segments)
        {
            foreach (Port a in segment.Ports.Where(port => IsOf(port, from)))
            {
                foreach (Port b in segment.Ports.Where(port => IsOf(port, to) && port != a))
                {
                    ways.Add((segment, a, b));
                    if (isBoth)
                        ways.Add((segment, b, a));
                }
            }
        }
        if (ways.Count == 0)
            throw Mistake(word, "they have no segment in common");
        PathQuality[] before = new PathQuality[ways.Count];
        return WithEnd(
            _ =>
            {
                for (int i = 0; i < before.Length; i++)
                {
                    before[i] = ways[i].Segment.QualityOf(ways[i].From, ways[i].To);
                    ways[i].Segment.SetQuality(ways[i].From, ways[i].To, change(before[i]));
                }
            },
            _ =>
            {
                for (int i = 0; i < before.Length; i++)
                    ways[i].Segment.SetQuality(ways[i].From, ways[i].To, before[i]);
            });
    }

    private static bool IsOf(Port port, SimulatedHost[] hosts) => Array.Exists(hosts, host => host.Ports.Values.Contains(port));

    // "for TIME" takes it back afterwards.
    private Action<SimulatedWorld> WithEnd(Action<SimulatedWorld> begin, Action<SimulatedWorld> end)
    {
        if (Peek.Text != "for")
            return begin;
        Next();
        Duration time = ReadTime(Next());
        return world =>
        {
            begin(world);
            world.Schedule.After(time, () => world.Disturb($"end of: {Text}", () => end(world)));
        };
    }

    private SimulatedHost ReadHost(FaultWord word)
        => _world.FindHost(word.Text) ?? throw Mistake(word, Missing(word, "router"), [.. _world.Hosts.Select(static host => host.Name)]);

    private SimulatedHost[] ReadHosts(FaultWord word) => word.Text == "*" ? [.. _world.Hosts] : [ReadHost(word)];

    private static Duration ReadTime(FaultWord word)
    {
        int unit = word.Text.AsSpan().IndexOfAnyExcept("0123456789.");
        (string Unit, long Nanoseconds) found = unit <= 0 ? default : Array.Find(s_units, known => known.Unit == word.Text[unit..]);
        if (found.Unit is null || !decimal.TryParse(word.Text.AsSpan(0, unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number > 1_000_000)
        {
            throw Mistake(word, Missing(word, "time"), "a number with us, ms, s, m or h, such as 10s");
        }
        return Duration.FromNanoseconds((long)(number * found.Nanoseconds));
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
