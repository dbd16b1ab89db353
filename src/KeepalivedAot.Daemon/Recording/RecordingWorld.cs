using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>A world whose inputs and answers are written down on their way. Without <c>--record</c> there is none, and nothing costs anything.</summary>
/// <remarks>
/// VRRP's timers are in a queue of its own here, which one timer of the loop serves: so they can be told from everybody else's. Partial files:
/// <c>Kernel</c> (requests and their results), <c>Reports</c> (what the kernel tells).
/// </remarks>
internal sealed partial class RecordingWorld : IVrrpWorld, ITimerOwner, ITurnStart, ITurnEnd
{
    private readonly IVrrpWorld _world;
    private readonly VrrpRecorder _recorder;
    private readonly TimerHandle _timer;
    private VrrpModule? _module;
    private int _receivers;
    private int _listeners;

    public RecordingWorld(IVrrpWorld world, VrrpRecorder recorder)
    {
        _world = world;
        _recorder = recorder;
        _timer = world.Timers.Register(this, 0);
        Line(recorder.Text.Add("tells "u8).Add(world.TellsWhoAddedAddresses ? 1 : 0).Add(" "u8).Add(world.TellsInterfaceKinds ? 1 : 0).Add(" "u8).Word(world.BootId));
    }

    public TimerQueue Timers { get; } = new();

    /// <summary>Whose place in the turns of the loop it takes, to write them down.</summary>
    public void Serve(VrrpModule module) => _module = module;

    /// <summary>What was gathered in a turn is written behind all of it.</summary>
    public void JoinBehind(EventLoop loop) => loop.AddTurnEnd(new Behind(this));

    public void OnTurnStart(Instant now)
    {
        _recorder.TurnStarts(now);
        _module!.OnTurnStart(now);
    }

    public void OnTurnEnd(Instant now)
    {
        _recorder.TurnEnds(now);
        _module!.OnTurnEnd(now);
    }

    public Instant Now
    {
        get
        {
            Instant now = _world.Now;
            _recorder.Now(now);
            return now;
        }
    }

    public UnixTime UnixNow
    {
        get
        {
            UnixTime now = _world.UnixNow;
            Line(Answer("unix"u8).Add(now.Nanoseconds));
            return now;
        }
    }

    public string BootId => _world.BootId;

    public Duration Suspended
    {
        get
        {
            Duration suspended = _world.Suspended;
            Line(Answer("suspended"u8).Add(suspended.Nanoseconds));
            return suspended;
        }
    }

    // The loop wakes up when the first of VRRP's timers is due.
    private void ArmTimers()
    {
        if (!Timers.TryPeek(out Instant first))
            _world.Timers.Disarm(_timer);
        else if (!_world.Timers.IsArmed(_timer) || _world.Timers.DeadlineOf(_timer) != first)
            _world.Timers.Arm(_timer, first);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        _recorder.Timers(now);
        for (int left = ReplayedTurn.MostTimers; left > 0 && Timers.TryFire(now); left--)
        {
        }
        ArmTimers();
    }

    public IReceiver? OpenReceiver(in ReceiverKey key, IReceiverUser user, out OsError failure)
    {
        int number = _receivers++;
        Line(Text.Add(" > open "u8).Add(number).Add(" "u8).Receiver(key));
        IReceiver? receiver = _world.OpenReceiver(key, new RecordedUser(this, user, number), out failure);
        Failed(failure, "open"u8);
        return receiver is null ? null : new RecordedReceiver(this, receiver, number);
    }

    public INeighbourListening? ListenToNeighbours(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out OsError failure)
    {
        int number = _listeners++;
        Line(Text.Add(" > listen "u8).Add(number).Add(" "u8).Add(interfaceIndex).Add(" "u8).Add((int)family));
        INeighbourListening? listening = _world.ListenToNeighbours(interfaceIndex, family, new RecordedNeighbours(this, observer, number), out failure);
        Failed(failure, "listen"u8);
        return listening is null ? null : new RecordedListening(this, listening);
    }

    public bool ForwardsIPv6(KernelName interfaceName)
    {
        bool forwards = _world.ForwardsIPv6(interfaceName);
        if (forwards)
            Line(Answer("forwards"u8).Name(interfaceName));
        return forwards;
    }

    public Errno ProbeLink(KernelName interfaceName, LinkProbeMethod method, out bool isUp)
    {
        Errno error = _world.ProbeLink(interfaceName, method, out isUp);
        Line(Answer("probe"u8).Add((int)error).Add(isUp ? " 1"u8 : " 0"u8));
        return error;
    }

    public OsError WriteRecord(ReadOnlySpan<byte> record) => Failed(_world.WriteRecord(record), "write-record"u8);

    public OsError ReadRecord(out byte[]? record)
    {
        OsError failure = _world.ReadRecord(out record);
        if (record is not null)
            Line(Answer("record"u8).Hex(record));
        return Failed(failure, "read-record"u8);
    }

    public OsError OpenRoles(out byte[]? earlier)
    {
        OsError failure = _world.OpenRoles(out earlier);
        if (earlier is not null)
            Line(Answer("roles"u8).Hex(earlier));
        return Failed(failure, "open-roles"u8);
    }

    public OsError WriteRoles(int offset, ReadOnlySpan<byte> part) => Failed(_world.WriteRoles(offset, part), "write-roles"u8);

    public OsError RemoveRoles() => Failed(_world.RemoveRoles(), "remove-roles"u8);

    private RecordText Text => _recorder.Text;

    // What was asked for, and the answer.
    private RecordText Answer(ReadOnlySpan<byte> what) => Text.Add(" "u8).Add(what).Add(" "u8);

    // That it was done goes without saying.
    private OsError Failed(OsError failure, ReadOnlySpan<byte> what)
    {
        if (failure.IsError)
            Line(Text.Add(" ! "u8).Add(what).Add(" "u8).Add((int)failure.Errno).Add(" "u8).Word(failure.Call).Add(" "u8).Word(failure.Subject));
        return failure;
    }

    private Errno Failed(Errno error, ReadOnlySpan<byte> what)
    {
        if (error != Errno.None)
            Line(Text.Add(" ! "u8).Add(what).Add(" "u8).Add((int)error));
        return error;
    }

    private static void Line(RecordText text) => text.EndLine();

    private ulong ForgeryCount()
    {
        ulong count = 0;
        // By place: to enumerate an interface would be garbage for each packet.
        for (int i = 0; _module is { } module && i < module.Instances.Count; i++)
            count += module.Instances[i].Router.Counters.AuthFailure + module.Instances[i].Router.Counters.AuthExtInvalidHmac;
        return count;
    }

    private sealed class Behind(RecordingWorld world) : ITurnEnd
    {
        public void OnTurnEnd(Instant now)
        {
            world.ArmTimers();
            world._recorder.Flush();
        }
    }

    private sealed class RecordedUser(RecordingWorld world, IReceiverUser user, int number) : IReceiverUser
    {
        public void OnDatagram(in VrrpDatagram datagram, Instant now)
        {
            SealedDatagram.Kind kind = world._recorder.Packet(number, datagram, now);
            if (kind is not (SealedDatagram.Kind.CheckValue or SealedDatagram.Kind.Code))
            {
                user.OnDatagram(datagram, now);
                return;
            }
            ulong before = world.ForgeryCount();
            user.OnDatagram(datagram, now);
            if (world.ForgeryCount() != before)
                Line(world.Text.Add(" forged"u8));
        }

        public void OnReceiveFailed(Errno error)
        {
            Line(world._recorder.Begin("receive-failed "u8).Add(number).Add(" "u8).Add((int)error));
            user.OnReceiveFailed(error);
        }
    }

    private sealed class RecordedReceiver(RecordingWorld world, IReceiver receiver, int number) : IReceiver
    {
        public (int In, int Out) Descriptors => receiver.Descriptors;

        public OsError SetVrids(ReadOnlySpan<ulong> vrids) => world.Failed(receiver.SetVrids(vrids), "set-vrids"u8);

        public OsError SetBuffer(int bytes) => world.Failed(receiver.SetBuffer(bytes), "set-buffer"u8);

        public void Dispose()
        {
            Line(world.Text.Add(" > close "u8).Add(number));
            receiver.Dispose();
        }
    }

    private sealed class RecordedNeighbours(RecordingWorld world, INeighbourObserver observer, int number) : INeighbourObserver
    {
        public void OnNeighbour(ReadOnlySpan<byte> packet, MacAddress sender, Instant now)
        {
            Line(world._recorder.Begin("neighbour "u8).Time(world._recorder, now).Add(" "u8).Add(number).Add(" "u8).Add(sender).Add(" "u8).Hex(packet));
            observer.OnNeighbour(packet, sender, now);
        }

        public void OnListenFailed(Errno error)
        {
            Line(world._recorder.Begin("listen-failed "u8).Add(number).Add(" "u8).Add((int)error));
            observer.OnListenFailed(error);
        }
    }

    private sealed class RecordedListening(RecordingWorld world, INeighbourListening listening) : INeighbourListening
    {
        public OsError Listen(ReadOnlySpan<IpAddress> addresses) => world.Failed(listening.Listen(addresses), "listen-to"u8);

        public void Dispose() => listening.Dispose();
    }
}
