using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>The world of a record: it answers as it did then, and sees to it that what is sent and wanted is what was.</summary>
/// <remarks>
/// What the module asks for may be asked for in another order, or once more, by another version of the program: what the record has for the input
/// at hand is looked for, and else what was answered last. What it sends and has the kernel do must be the same, in the same order. Partial file:
/// <c>Kernel</c>.
/// </remarks>
internal sealed partial class ReplayWorld : IVrrpWorld
{
    private readonly RecordText _words = RecordText.InMemory(new Log(NoLog.Instance));
    private readonly Dictionary<string, string> _lastAnswers = [];
    private readonly Dictionary<int, IReceiverUser> _receivers = [];
    private readonly Dictionary<int, INeighbourObserver> _listeners = [];
    private RecordInput? _input;
    private Queue<Instant> _readings = new();
    private Instant _now;
    private Instant _read;
    private int _place;

    public TimerQueue Timers { get; } = new();

    public string BootId { get; set; } = "";

    public bool TellsWhoAddedAddresses { get; set; }

    public bool TellsInterfaceKinds { get; set; }

    /// <summary>Who is told of links and addresses.</summary>
    public ILinkObserver? Links { get; private set; }

    /// <summary>Who is told of routes and rules that are gone.</summary>
    public IRoutingObserver? Routing { get; private set; }

    public IRulesetObserver? Ruleset { get; private set; }

    public Instant Now
    {
        get
        {
            if (_readings.TryDequeue(out Instant reading))
                _now = reading;
            return _now;
        }
    }

    public UnixTime UnixNow => new(AnswerOf("unix").Long());

    public Duration Suspended => Duration.FromNanoseconds(AnswerOf("suspended").Long());

    /// <summary>Begins with an input. Times are read in their order: each is what has passed since the one before.</summary>
    /// <param name="hasTime">The input itself has one.</param>
    /// <returns>Its time.</returns>
    public Instant Begin(RecordInput input, bool hasTime)
    {
        _input = input;
        _place = 0;
        _readings = new Queue<Instant>();
        if (hasTime)
            _read = _now = new Instant(checked(_read.Nanoseconds + input.Line.Long()));
        Instant at = _now;
        foreach (RecordLine line in input.Below)
        {
            if (!line.Text.StartsWith(" now ", StringComparison.Ordinal))
                continue;
            _read = new Instant(checked(_read.Nanoseconds + line.Behind(" now ").Long()));
            line.IsTaken = true;
            _readings.Enqueue(_read);
        }
        return at;
    }

    /// <summary>Behind it: what was sent then has been sent now. What was told then and was not asked for is told all the same.</summary>
    public void End()
    {
        if (_readings.Count > 0)
            _now = _read;
        while (NextReports() is { } reports)
            Tell(reports);
        foreach (RecordLine line in _input!.Below)
        {
            if (!line.IsTaken && IsOutput(line))
                throw new DepartureException(line.Number, $"this was sent or wanted then, and is not now: {line.Text[3..]}");
        }
    }

    public IReceiverUser Receiver(RecordLine line, int number)
        => _receivers.TryGetValue(number, out IReceiverUser? user) ? user : throw line.Wrong($"there is no receiver {number}");

    public INeighbourObserver Listener(RecordLine line, int number)
        => _listeners.TryGetValue(number, out INeighbourObserver? observer) ? observer : throw line.Wrong($"there is no listener {number}");

    public OsError Observe(ILinkObserver observer)
    {
        Links = observer;
        return OsError.None;
    }

    public void TakeSnapshot() => TellWhatWasAskedFor();

    public void HearNotifications() => TellWhatWasAskedFor();

    public void RequestSnapshot(int interfaceIndex)
    {
        // It comes as an input.
    }

    public IReceiver? OpenReceiver(in ReceiverKey key, IReceiverUser user, out OsError failure)
    {
        RecordLine? line = Expect(" > open ", Words.Receiver(key), hasNumber: true, out int number);
        failure = FailureBehind(line, "open");
        if (failure.IsError)
            return null;
        _receivers[number] = user;
        return new ReplayReceiver(this, number);
    }

    public INeighbourListening? ListenToNeighbours(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out OsError failure)
    {
        RecordLine? line = Expect(" > listen ", Words.Add(interfaceIndex).Add(" "u8).Add((int)family), hasNumber: true, out int number);
        failure = FailureBehind(line, "listen");
        if (failure.IsError)
            return null;
        _listeners[number] = observer;
        return new ReplayListening(this);
    }

    public void QueueDatagram(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag)
    {
        byte[] bytes = datagram.ToArray();
        SealedDatagram.Open(bytes, route.Destination.Family, standIns: null);
        Expect(" > send ", Words.Route(route).Add(" "u8).Hex(bytes));
        _unsent.Add(tag);
    }

    public void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame) => Expect(" > frame ", Words.Add(interfaceIndex).Add(" "u8).Hex(frame));

    public Errno FlushFrames(out int interfaceIndex)
    {
        interfaceIndex = 0;
        if (Take(" ! frames ") is not { } line)
            return Errno.None;
        Errno error = line.Errno();
        interfaceIndex = line.Int();
        return error;
    }

    public bool ForwardsIPv6(KernelName interfaceName) => Take($" forwards {Said(Words.Name(interfaceName))}") is not null;

    public Errno ProbeLink(KernelName interfaceName, LinkProbeMethod method, out bool isUp)
    {
        RecordLine line = AnswerOf("probe");
        Errno error = line.Errno();
        isUp = line.Int() != 0;
        return error;
    }

    public OsError WriteRecord(ReadOnlySpan<byte> record) => Failure("write-record");

    public OsError ReadRecord(out byte[]? record)
    {
        record = Take(" record ")?.Hex();
        return Failure("read-record");
    }

    public OsError OpenRoles(out byte[]? earlier)
    {
        earlier = Take(" roles ")?.Hex();
        return Failure("open-roles");
    }

    public OsError WriteRoles(int offset, ReadOnlySpan<byte> part) => Failure("write-roles");

    public OsError RemoveRoles() => Failure("remove-roles");

    // A buffer for what this run says.
    private RecordText Words
    {
        get
        {
            _words.Clear();
            return _words;
        }
    }

    private static string Said(RecordText words) => System.Text.Encoding.UTF8.GetString(words.Waiting);

    private static bool IsOutput(RecordLine line) => line.Text.StartsWith(" > ", StringComparison.Ordinal);

    private void Expect(string kind, RecordText words) => Expect(kind, words, hasNumber: false, out _);

    // The next thing that the record has for this input is this one. Numbers are given in the order of the record.
    private RecordLine? Expect(string kind, RecordText words, bool hasNumber, out int number)
    {
        number = 0;
        string said = Said(words);
        List<RecordLine> below = _input!.Below;
        while (_place < below.Count && (below[_place].IsTaken || !IsOutput(below[_place])))
            _place++;
        if (_place == below.Count)
        {
            if (_input.IsCut)
                throw new RecordEndException();
            throw new DepartureException(_input.Line.Number, $"this is sent or wanted now, and was not then: {kind[3..]}{said}");
        }
        RecordLine line = below[_place];
        bool isSame = line.Text.StartsWith(kind, StringComparison.Ordinal);
        if (isSame)
        {
            line.Behind(kind);
            number = hasNumber ? line.Int() : 0;
            isSame = line.Rest() == said;
        }
        if (!isSame)
            throw new DepartureException(line.Number, $"then it was '{line.Text[3..]}', and now it is '{kind[3..]}{said}'");
        line.IsTaken = true;
        return line;
    }

    private OsError FailureBehind(RecordLine? line, string what)
    {
        int behind = line is null ? 0 : _input!.Below.IndexOf(line) + 1;
        string start = $" ! {what} ";
        return behind < _input!.Below.Count && _input.Below[behind] is var next && next.Text.StartsWith(start, StringComparison.Ordinal) ? ReadFailure(next.Behind(start)) : OsError.None;
    }

    private OsError Failure(string what) => Take($" ! {what} ") is { } line ? ReadFailure(line) : OsError.None;

    private static OsError ReadFailure(RecordLine line)
    {
        line.IsTaken = true;
        Errno error = line.Errno();
        return new OsError(line.HasMore ? line.Escaped() : "", line.HasMore ? line.Escaped() : "", error);
    }

    /// <summary>The first line below the input that begins so, behind that.</summary>
    public RecordLine? Take(string start)
    {
        foreach (RecordLine line in _input!.Below)
        {
            if (line.IsTaken || !line.Text.StartsWith(start, StringComparison.Ordinal))
                continue;
            line.IsTaken = true;
            return line.Behind(start);
        }
        return null;
    }

    // What was answered for this input, or else last.
    private RecordLine AnswerOf(string what)
    {
        string start = $" {what} ";
        if (Take(start) is { } line)
        {
            _lastAnswers[start] = line.Text;
            return line;
        }
        return _lastAnswers.TryGetValue(start, out string? last) ? new RecordLine(_input!.Line.Number, last).Behind(start)
            : _input!.IsCut ? throw new RecordEndException()
            : throw new DepartureException(_input!.Line.Number, $"'{what}' is asked for now, and was never then");
    }

    private void TellWhatWasAskedFor()
    {
        if (NextReports() is { } reports)
            Tell(reports);
    }

    // What was told because of one question.
    private List<RecordLine>? NextReports()
    {
        List<RecordLine>? reports = null;
        foreach (RecordLine line in _input!.Below)
        {
            bool isQuestion = line.Text is " take-snapshot" or " hear";
            if (reports is null && isQuestion && !line.IsTaken)
            {
                line.IsTaken = true;
                reports = [];
            }
            else if (reports is not null && isQuestion)
            {
                return reports;
            }
            else if (reports is not null && !line.IsTaken && KindOf(line) is { } kind && RecordedReports.IsReport(kind))
            {
                line.IsTaken = true;
                reports.Add(line);
            }
        }
        return reports;
    }

    private void Tell(List<RecordLine> reports)
    {
        foreach (RecordLine line in reports)
            RecordedReports.Tell(KindOf(line)!, line.Behind($" {KindOf(line)} "), Links!);
    }

    private static string? KindOf(RecordLine line) => line.Text.Length > 1 && line.Text[1] != ' ' ? line.Text[1..].Split(' ', 2)[0] : null;

    private sealed class ReplayReceiver(ReplayWorld world, int number) : IReceiver
    {
        public (int In, int Out) Descriptors => (-1, -1);

        public OsError SetVrids(ReadOnlySpan<ulong> vrids) => world.Failure("set-vrids");

        public OsError SetBuffer(int bytes) => world.Failure("set-buffer");

        public void Dispose()
        {
            world.Expect(" > close ", world.Words.Add(number));
            world._receivers.Remove(number);
        }
    }

    private sealed class ReplayListening(ReplayWorld world) : INeighbourListening
    {
        public OsError Listen(ReadOnlySpan<IpAddress> addresses) => world.Failure("listen-to");

        public void Dispose()
        {
            // What is told there no more is not in the record either.
        }
    }
}

/// <summary>The record ends within an input, as after a full disk: what there is agrees.</summary>
internal sealed class RecordEndException : Exception;

/// <summary>What the log would say is not wanted.</summary>
internal sealed class NoLog : ILogSink
{
    public static readonly NoLog Instance = new();

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        // Nobody reads it.
    }
}
