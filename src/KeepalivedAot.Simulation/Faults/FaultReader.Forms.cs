using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Simulation.Faults;

// What each form reads, and what it does then.
internal sealed partial class FaultReader
{
    // Nobody holds up a daemon that has ended.
    private Action<SimulatedWorld> EndDaemon(Action<SimulatedHost> end)
    {
        SimulatedHost host = ReadHost(Next());
        return world =>
        {
            Held(world, host).Forget();
            end(host);
        };
    }

    private Action<SimulatedWorld> Start()
    {
        SimulatedHost host = ReadHost(Next());
        return _ =>
        {
            if (host.State == HostState.Down)
                host.Start();
        };
    }

    private Action<SimulatedWorld> Hold(Action<SimulatedHost> how)
    {
        SimulatedHost host = ReadHost(Next());
        return Over(world => Held(world, host), () =>
        {
            host.Wake();
            how(host);
        });
    }

    private Action<SimulatedWorld> Wake()
    {
        SimulatedHost host = ReadHost(Next());
        return world => Held(world, host).Clear();
    }

    private static Overlay Held(SimulatedWorld world, SimulatedHost host) => world.OverlayOf($"hold {host.Name}", host.Wake);

    private Action<SimulatedWorld> Slow()
    {
        SimulatedHost host = ReadHost(Next());
        Duration time = ReadDelay(Next());
        return Over(world => world.OverlayOf($"slow {host.Name}", () => host.Wakeup = SimulatedHost.UsualWakeup), () => host.Wakeup = time);
    }

    private Action<SimulatedWorld> Down()
    {
        Port port = ReadPort(Next());
        return Over(world => Unplugged(world, port), () => HostOf(port).Kernel.SetCarrier(port.Interface, isUp: false));
    }

    private Action<SimulatedWorld> Up()
    {
        Port port = ReadPort(Next());
        return world => Unplugged(world, port).Clear();
    }

    private Overlay Unplugged(SimulatedWorld world, Port port) => world.OverlayOf($"down {port.Name}", () => HostOf(port).Kernel.SetCarrier(port.Interface, isUp: true));

    private SimulatedHost HostOf(Port port) => _world.Hosts.First(host => host.Ports.Values.Contains(port));

    private Action<SimulatedWorld> Tracked(TrackerKind kind)
    {
        FaultWord name = ReadTrackedName();
        bool isGood = Choose(("fails", false), ("succeeds", true));
        SimulatedHost host = ReadHostOf(kind, name);
        return Report(host, new TrackerId(kind, name.Text), TrackerReading.Of(isGood), TrackerReading.Good);
    }

    private Action<SimulatedWorld> Script()
    {
        FaultWord name = ReadTrackedName();
        bool? isGood = Choose<bool?>(("fails", false), ("succeeds", true), ("takes", null));
        if (isGood is { } good)
            return Report(ReadHostOf(TrackerKind.Script, name), new TrackerId(TrackerKind.Script, name.Text), TrackerReading.Of(good), TrackerReading.Good);
        FaultWord length = Next();
        Duration time = ReadDelay(length);
        SimulatedHost host = ReadHostOf(TrackerKind.Script, name);
        VrrpScriptBlock script = host.Files.SelectMany(static file => file.Configuration.VrrpScripts).First(script => script.Name == name.Text);
        if (time > script.Timeout)
            throw Mistake(length, $"'{length.Text}' is longer than {name.Text} may run", $"up to {TimeWord.Of(script.Timeout)}", "fails");
        return Over(world => world.OverlayOf($"run of {name.Text} {host.Name}", () => host.SetRun(name.Text, null)), () => host.SetRun(name.Text, time));
    }

    private FaultWord ReadTrackedName()
    {
        FaultWord name = Next();
        return name.Text.Length > 0 ? name : throw Mistake(name, "its name is missing");
    }

    private SimulatedHost ReadHostOf(TrackerKind kind, FaultWord name)
    {
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        CheckName(name, host, kind switch { TrackerKind.Script => "script", TrackerKind.Process => "process", _ => "bfd_instance" }, configuration => kind switch
        {
            TrackerKind.Script => configuration.VrrpScripts.Select(static script => script.Name),
            TrackerKind.Process => configuration.TrackProcesses.Select(static process => process.Name),
            _ => configuration.BfdInstances.Select(static session => session.Name),
        });
        return host;
    }

    private Action<SimulatedWorld> TrackedFile()
    {
        FaultWord name = Next();
        FaultWord number = Next();
        if (!int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            throw Mistake(number, Missing(number, "number"));
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        CheckName(name, host, "track_file", static configuration => configuration.TrackFiles.Select(static file => file.Name));
        return Report(host, new TrackerId(TrackerKind.File, name.Text), TrackerReading.OfNumber(value), TrackerReading.OfNumber(0));
    }

    private Action<SimulatedWorld> Report(SimulatedHost host, TrackerId thing, TrackerReading reading, TrackerReading usual)
        => Over(world => world.OverlayOf($"{thing.Kind} {thing.Name} {host.Name}", () => host.Report(thing, usual)), () => host.Report(thing, reading));

    private Action<SimulatedWorld> Adjust()
    {
        FaultWord name = Next();
        FaultWord number = Next();
        bool isSigned = number.Text.StartsWith('+') || number.Text.StartsWith('-');
        if (!isSigned || !int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int amount) || amount is < -MostAdjustment or > MostAdjustment)
            throw Mistake(number, Missing(number, "change of a priority"), $"-{MostAdjustment} to +{MostAdjustment}, with its sign");
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        CheckName(name, host, "instance", static configuration => configuration.VrrpInstances.Select(static block => block.Name));
        return Over(world => world.OverlayOf($"priority {name.Text} {host.Name}", () => host.Adjust(name.Text, 0)), () => host.Adjust(name.Text, amount));
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

    private Action<SimulatedWorld> Remove()
    {
        FaultWord word = Next();
        if (!IpAddress.TryParse(word.Text, out IpAddress address))
            throw Mistake(word, Missing(word, "address"));
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        return _ => host.Kernel.Remove(address);
    }

    private Action<SimulatedWorld> Refuse()
    {
        FaultWord word = Next();
        Errno errno = Array.Find(s_refusals, known => known.ToString() == word.Text);
        if (errno == Errno.None)
            throw Mistake(word, Missing(word, "refusal of a kernel"), [.. s_refusals.Select(static known => known.ToString())]);
        Choose(("on", 0));
        SimulatedHost host = ReadHost(Next());
        return Over(world => world.OverlayOf($"refuse {host.Name}", () => host.Kernel.Refusal = Errno.None), () => host.Kernel.Refusal = errno);
    }

    private Action<SimulatedWorld> Drift()
    {
        FaultWord word = Next();
        if (!int.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int drift) || drift is < -MostDrift or > MostDrift)
            throw Mistake(word, Missing(word, "number of parts per million"), $"-{MostDrift} to {MostDrift}");
        SimulatedHost host = ReadHost(Next());
        return _ => host.Clock.Drift = drift;
    }

    private Action<SimulatedWorld> Share(Func<PathQuality, double, PathQuality> change)
    {
        FaultWord word = Next();
        if (!word.Text.EndsWith('%') || !double.TryParse(word.Text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) || !(percent is >= 0 and <= 100))
            throw Mistake(word, Missing(word, "share of the packets"), "0% to 100%");
        return OnWay(quality => change(quality, percent / 100));
    }

    private Action<SimulatedWorld> Time(Func<PathQuality, Duration, PathQuality> change)
    {
        Duration time = ReadDelay(Next());
        return OnWay(quality => change(quality, time));
    }

    private Action<SimulatedWorld> OnWay(Func<PathQuality, PathQuality> change)
    {
        List<(Segment Segment, Port From, Port To)> ways = ReadWays();
        object fault = new();
        return WithEnd(
            _ => ways.ForEach(way => way.Segment.Worsen(way.From, way.To, fault, change)),
            _ => ways.ForEach(way => way.Segment.Recover(way.From, way.To, fault)));
    }

    private Action<SimulatedWorld> Heal()
    {
        List<(Segment Segment, Port From, Port To)> ways = ReadWays();
        return _ => ways.ForEach(static way => way.Segment.SetQuality(way.From, way.To, PathQuality.Good));
    }

    private List<(Segment Segment, Port From, Port To)> ReadWays()
    {
        FaultWord word = Next();
        int arrow = word.Text.IndexOf("->", StringComparison.Ordinal);
        if (arrow <= 0)
            throw Mistake(word, Missing(word, "way"), "HOST->HOST", "HOST<->HOST", "HOST:INTERFACE->HOST");
        bool isBoth = word.Text[arrow - 1] == '<';
        Port[] from = ReadPorts(new FaultWord(word.Text[..(isBoth ? arrow - 1 : arrow)], word.Column));
        Port[] to = ReadPorts(new FaultWord(word.Text[(arrow + 2)..], word.Column + arrow + 2));
        HashSet<(Segment, Port, Port)> ways = [];
        foreach (Port a in from)
        {
            foreach (Port b in to.Where(b => b != a && b.Segment == a.Segment))
            {
                ways.Add((a.Segment!, a, b));
                if (isBoth)
                    ways.Add((a.Segment!, b, a));
            }
        }
        return ways.Count > 0 ? [.. ways] : throw Mistake(word, "they have no segment in common");
    }

    private void CheckName(FaultWord name, SimulatedHost host, string what, Func<Configuration, IEnumerable<string>> namesIn)
    {
        string[] names = [.. host.Files.SelectMany(file => namesIn(file.Configuration)).Distinct()];
        if (!names.Contains(name.Text))
            throw Mistake(name, $"{host.Name} has no {what} '{name.Text}'", names);
    }

    private Action<SimulatedWorld> Over(Func<SimulatedWorld, Overlay> overlay, Action what)
    {
        object fault = new();
        return WithEnd(world => overlay(world).Begin(fault, what), world => overlay(world).End(fault));
    }

    // "for TIME" takes it back afterwards.
    private Action<SimulatedWorld> WithEnd(Action<SimulatedWorld> begin, Action<SimulatedWorld> end)
    {
        if (Peek.Text != "for")
            return begin;
        Next();
        _length = ReadTime(Next());
        Duration length = _length;
        return world =>
        {
            begin(world);
            world.Schedule.After(length, () => world.Disturb($"end of: {Text}", () => end(world)));
        };
    }
}
