using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>Sends gratuitous ARP and unsolicited neighbour advertisements, after the addresses they speak of are in the kernel.</summary>
internal sealed class Announcer
{
    // keepalived reads the forwarding setting again after this time.
    private static readonly Duration ForwardingIsKnownFor = Duration.FromSeconds(5);

    private readonly List<Pending> _pending = [];
    private readonly List<Forwarding> _forwarding = [];
    private readonly IVrrpWorld _world;
    private readonly Log _log;
    private readonly VrrpLog _events;
    private readonly List<NetworkInterface> _sentOn = [];
    private Errno _refusal;
    private bool _hasFrames;
    private int _frames;

    public Announcer(IVrrpWorld world, Log log, VrrpLog events)
    {
        _world = world;
        _log = log;
        _events = events;
        Pacing = new AnnouncementPacing(this, world.Timers);
    }

    /// <summary>How fast they may leave.</summary>
    public AnnouncementPacing Pacing { get; }

    /// <summary>Rounds over the instance's addresses (A, B, A, B ...), at the next <see cref="Flush"/>.</summary>
    public void Queue(VrrpInstance instance, int rounds) => _pending.Add(new Pending(instance, rounds, default, null));

    /// <summary>One announcement of an address that is not a virtual one.</summary>
    public void QueueSource(VrrpInstance instance, IpAddress source) => _pending.Add(new Pending(instance, 1, source, null));

    /// <summary>Announcements of one address, where it is.</summary>
    public void QueueOne(VrrpInstance instance, HeldAddress held, int rounds = 1) => _pending.Add(new Pending(instance, rounds, held.Address, held));

    /// <summary>Forgets what an instance still wanted to say.</summary>
    public void Drop(VrrpInstance instance)
    {
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_pending[i].Instance, instance))
                _pending.RemoveAt(i);
        }
        Pacing.Drop(instance);
    }

    /// <summary>For so many instances at once.</summary>
    public void MakeRoom(int instances) => _pending.EnsureCapacity(instances);

    /// <summary>Something is left for the next flush.</summary>
    public bool HasMore => _pending.Count > 0;

    /// <param name="most">Ends with the instance that exceeds so many messages; the next flush goes on behind it.</param>
    public void Flush(Instant now, int most = int.MaxValue)
    {
        if (_pending.Count == 0 && !_hasFrames)
            return;
        _frames = 0;
        int kept = 0;
        for (int i = 0; i < _pending.Count; i++)
        {
            Pending pending = _pending[i];
            // An address that is not here yet must not be announced, and those of one instance are announced together.
            if (_frames >= most || (pending.Source.IsNone && pending.Instance.AwaitsAddresses))
                _pending[kept++] = pending;
            else if (pending.Held is { } held)
                AnnounceOne(pending.Instance, held, pending.Rounds, now);
            else if (!pending.Source.IsNone)
                AnnounceSource(pending.Instance, pending.Source, now);
            else
                AnnounceHeld(pending.Instance, pending.Rounds, now);
        }
        _pending.RemoveRange(kept, _pending.Count - kept);
        _hasFrames = false;
        Errno error = _world.FlushFrames(out int interfaceIndex);
        // One line for a row of equal refusals.
        if (error != Errno.None && error != _refusal)
            _log.Write(LogLevel.Warning, EventIds.AnnouncementFailed,
                $"Gratuitous ARP or neighbour advertisements could not be sent on {NameOf(interfaceIndex)} - {new ErrnoText(error)}");
        _refusal = error;
        _sentOn.Clear();
    }

    private string NameOf(int interfaceIndex) => _sentOn.Find(at => at.Index == interfaceIndex)?.Name ?? "an interface that is gone";

    private void AnnounceHeld(VrrpInstance instance, int rounds, Instant now)
    {
        foreach (HeldAddress held in instance.HeldAddresses)
            LogAnnouncing(instance, held);
        for (int round = 0; round < rounds; round++)
        {
            foreach (HeldAddress held in instance.HeldAddresses)
            {
                if (held.IsPresent)
                    SendOrQueue(instance, held.Interface, held.Address, now);
            }
        }
    }

    private void AnnounceOne(VrrpInstance instance, HeldAddress held, int rounds, Instant now)
    {
        LogAnnouncing(instance, held);
        for (int round = 0; round < rounds && held.IsPresent; round++)
            SendOrQueue(instance, held.Interface, held.Address, now);
    }

    private void LogAnnouncing(VrrpInstance instance, HeldAddress held)
    {
        if (!held.IsPresent || !SpeaksArp(instance, held.Interface))
            return;
        if (held.Address.Family == AddressFamily.IPv4)
            instance.Router.Events.AnnouncingByArp(instance.Name, held.Interface.Name, held.Address);
        else
            instance.Router.Events.AnnouncingByNeighbourAdvertisement(instance.Name, held.Interface.Name, held.Address);
    }

    private void AnnounceSource(VrrpInstance instance, IpAddress source, Instant now)
    {
        if (instance.Interface is not { SpeaksArp: true } at)
            return;
        instance.Router.Events.AnnouncingSource(instance.Name, source);
        Send(at, source, now);
    }

    // A virtual MAC is as silent as the interface below, which it does not have its flags from.
    private static bool SpeaksArp(VrrpInstance instance, NetworkInterface at) => at.SpeaksArp && instance.BelowOf(at).SpeaksArp;

    internal void SendOrQueue(VrrpInstance instance, NetworkInterface at, IpAddress address, Instant now)
    {
        if (!SpeaksArp(instance, at))
            return;
        if (Pacing.LaneOf(instance.BelowOf(at).Name, address.Family == AddressFamily.IPv4) is { } lane)
            lane.Queue(instance, at, address, now);
        else
            Send(at, address, now);
    }

    /// <summary>One message, which leaves at the end of the turn.</summary>
    internal void Send(NetworkInterface at, IpAddress address, Instant now)
    {
        if (!at.SpeaksArp)
            return;
        Span<byte> frame = stackalloc byte[UnsolicitedNeighbourAdvertisement.FrameLength];
        int length;
        if (address.Family == AddressFamily.IPv4)
        {
            length = GratuitousArp.Write(frame, at.Link.Address, address);
            _events.SendingArp(at.Name, address);
        }
        else
        {
            length = UnsolicitedNeighbourAdvertisement.Write(frame, at.Link.Address, address, IsRouter(at, now));
            _events.SendingNeighbourAdvertisement(at.Name, address);
        }
        _world.QueueFrame(at.Index, frame[..length]);
        if (!_sentOn.Contains(at))
            _sentOn.Add(at);
        _hasFrames = true;
        _frames++;
    }

    private bool IsRouter(NetworkInterface at, Instant now)
    {
        int index = _forwarding.Count - 1;
        while (index >= 0 && !ReferenceEquals(_forwarding[index].Interface, at))
            index--;
        if (index >= 0 && now - _forwarding[index].ReadAt < ForwardingIsKnownFor)
            return _forwarding[index].Forwards;
        Forwarding read = new(at, _world.ForwardsIPv6(at.KernelName), now);
        if (index >= 0)
            _forwarding[index] = read;
        else
            _forwarding.Add(read);
        return read.Forwards;
    }

    private readonly record struct Pending(VrrpInstance Instance, int Rounds, IpAddress Source, HeldAddress? Held);

    private readonly record struct Forwarding(NetworkInterface Interface, bool Forwards, Instant ReadAt);
}
