using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>Writes down what VRRP takes from outside, so that it can be run again (<c>--record</c>; recordings.md tells the format).</summary>
/// <remarks>
/// A line without a blank in front is an input. What the module asks for, is told and sends while it deals with the input stands below it, with
/// a blank in front. Of what happens as usual nothing is written: requests that were granted, turns in which VRRP had nothing to do.
/// </remarks>
internal sealed class VrrpRecorder : IDisposable
{
    // Bytes that a configuration takes in memory; its text is made twice.
    private const long MostConfiguration = 8 << 20;

    private readonly RecordText _text;
    private readonly StandIns _standIns = new();
    private readonly byte[] _datagram = new byte[ushort.MaxValue];

    // Clock readings are written as what has passed since the one before.
    private long _lastTime;
    private bool _hasInput;
    private TurnStart _pending;
    private Instant _pendingAt;

    private enum TurnStart
    {
        None,
        Begin,
        End,
    }

    private VrrpRecorder(RecordText text) => _text = text;

    /// <summary>What a turn gives to VRRP is written as soon as something comes of it.</summary>
    public RecordText Text
    {
        get
        {
            WritePending();
            return _text;
        }
    }

    /// <param name="version">Of this program.</param>
    public static VrrpRecorder Into(RecordText text, string version)
    {
        text.Add(System.Text.Encoding.ASCII.GetBytes(RecordText.Header)).EndLine();
        text.Add("version "u8).Word(version).EndLine();
        return new VrrpRecorder(text);
    }

    /// <summary>What was read; the next start or reload takes it.</summary>
    public void Configuration(LoadResult read)
    {
        if (read.Memory > MostConfiguration)
        {
            _text.GiveUp("the configuration is too large to be recorded");
            return;
        }
        Input("config"u8);
        foreach (string line in _standIns.TextOf(read.Configuration).Split('\n'))
            _text.Add(" |"u8).Add(System.Text.Encoding.UTF8.GetBytes(line)).EndLine();
        Flush();
    }

    /// <summary>The module has been put together.</summary>
    public void Module() => Input("module"u8);

    public void Start(Instant now) => Input("start"u8, now);

    public void Reload(Instant now) => Input("reload"u8, now);

    public void Refused() => Input("refused"u8);

    public void Stop(bool keepsAddresses, Instant now) => Input(keepsAddresses ? "stop-keeping"u8 : "stop"u8, now);

    public void Settings(Settings settings)
        => Line(Begin("settings "u8).Add(settings.Reasserts ? "reassert "u8 : "leave "u8).Add(settings.Watch.IsEnabled ? "watch"u8 : "no-watch"u8));

    public void Slept(Duration length) => Line(Begin("slept "u8).Add(length.Nanoseconds));

    public void MaintenanceBegins(string why, Instant now) => Line(Begin("maintenance "u8).Time(this, now).Add(" "u8).Word(why));

    public void MaintenanceEnds(string because, Instant now) => Line(Begin("maintenance-over "u8).Time(this, now).Add(" "u8).Word(because));

    public void Yields(VrrpInstance instance, string why, Instant now) => Line(Begin("yield "u8).Time(this, now).Add(" "u8).Word(instance.Name).Add(" "u8).Word(why));

    public void StopsYielding(VrrpInstance instance) => Line(Begin("stop-yielding "u8).Word(instance.Name));

    public void Adjusts(VrrpInstance instance, int amount, string because, Instant now)
        => Line(Begin("adjust "u8).Time(this, now).Add(" "u8).Word(instance.Name).Add(" "u8).Add(amount).Add(" "u8).Word(because));

    public void AnnouncesAgain(VrrpInstance instance) => Line(Begin("announce "u8).Word(instance.Name));

    /// <summary>A script, a process, a file, a BFD session; links are known already.</summary>
    public void Reading(TrackerId tracker, TrackerReading reading, Instant now, string? because)
    {
        if (tracker.Kind == TrackerKind.Interface)
            return;
        Begin("tracker "u8).Time(this, now).Add(" "u8).Add((int)tracker.Kind).Add(" "u8).Word(tracker.Name).Add(" "u8).Add((int)reading.Condition).Add(" "u8).Add(reading.Value);
        if (because is not null)
            _text.Add(" "u8).Word(because);
        _text.EndLine();
    }

    /// <summary>A line of the journal: what a replay is compared with.</summary>
    public void Event(ReadOnlySpan<byte> line)
    {
        WritePending();
        _text.Add(" = "u8).Add(line);
    }

    public void Timers(Instant now) => Input("timers"u8, now);

    public void TurnStarts(Instant now) => (_pending, _pendingAt) = (TurnStart.Begin, now);

    public void TurnEnds(Instant now)
    {
        // Where nothing has come in, nothing happens, unless something does.
        (_pending, _pendingAt) = (TurnStart.End, now);
        if (_hasInput)
            WritePending();
    }

    /// <summary>Behind all of a turn.</summary>
    public void Flush()
    {
        _pending = TurnStart.None;
        _hasInput = false;
        _text.Flush();
    }

    /// <summary>A packet for a receiver, before it is dealt with.</summary>
    public SealedDatagram.Kind Packet(int receiver, in VrrpDatagram datagram, Instant now)
    {
        Span<byte> bytes = _datagram.AsSpan(0, datagram.Bytes.Length);
        datagram.Bytes.CopyTo(bytes);
        SealedDatagram.Kind kind = SealedDatagram.Open(bytes, datagram.Destination.IsNone ? datagram.Source.Family : datagram.Destination.Family, _standIns);
        Line(Begin("packet "u8).Time(this, now).Add(" "u8).Add(receiver).Add(" "u8).Ip(datagram.Source).Add(" "u8).Ip(datagram.Destination).Add(" "u8).Add(datagram.HopLimit).Add(" "u8)
            .Hex(bytes));
        return kind;
    }

    /// <summary>What we send, without what proves that it is ours.</summary>
    public void Sent(ReadOnlySpan<byte> datagram, in Linux.Sockets.DatagramRoute route)
    {
        Span<byte> bytes = _datagram.AsSpan(0, datagram.Length);
        datagram.CopyTo(bytes);
        SealedDatagram.Open(bytes, route.Destination.Family, _standIns);
        Line(Text.Add(" > send "u8).Route(route).Add(" "u8).Hex(bytes));
    }

    /// <summary>A clock reading that was asked for.</summary>
    public void Now(Instant now) => Line(Text.Add(" now "u8).Add(Passed(now)));

    public RecordText Begin(ReadOnlySpan<byte> input)
    {
        WritePending();
        _hasInput = true;
        return _text.Add(input);
    }

    public long Passed(Instant now)
    {
        long passed = now.Nanoseconds - _lastTime;
        _lastTime = now.Nanoseconds;
        return passed;
    }

    /// <summary>The daemon ends, and has written all of it.</summary>
    public void Dispose()
    {
        Input("end"u8);
        _text.Dispose();
    }

    private void Input(ReadOnlySpan<byte> input) => Line(Begin(input));

    private void Input(ReadOnlySpan<byte> input, Instant now) => Line(Begin(input).Add(" "u8).Time(this, now));

    private static void Line(RecordText text) => text.EndLine();

    private void WritePending()
    {
        if (_pending == TurnStart.None)
            return;
        bool isStart = _pending == TurnStart.Begin;
        _pending = TurnStart.None;
        _hasInput = true;
        _text.Add(isStart ? "turn "u8 : "turn-end "u8).Add(Passed(_pendingAt)).EndLine();
    }
}

internal static class RecordTimes
{
    public static RecordText Time(this RecordText text, VrrpRecorder recorder, Instant now) => text.Add(recorder.Passed(now));
}
