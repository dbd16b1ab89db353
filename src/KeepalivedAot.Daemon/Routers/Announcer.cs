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
internal sealed class Announcer(IVrrpWorld world, Log log, VrrpLog events)
{
    // keepalived reads the forwarding setting again after this time.
    private static readonly Duration ForwardingIsKnownFor = Duration.FromSeconds(5);

    private readonly List<Pending> _pending = [];
    private readonly List<AnnouncementLane> _lanes = [];
    private readonly List<Forwarding> _forwarding = [];
    private bool _hasFrames;

    /// <summary>The least time between two gratuitous ARPs on one interface (<c>vrrp_garp_interval</c>); zero sends at once.</summary>
    public Duration ArpInterval { get; set; }

    /// <summary>The least time between two unsolicited neighbour advertisements on one interface (<c>vrrp_gna_interval</c>).</summary>
    public Duration NeighbourAdvertisementInterval { get; set; }

    /// <summary>Rounds over the instance's addresses (A, B, A, B ...), at the next <see cref="Flush"/>.</summary>
    public void Queue(VrrpInstance instance, int rounds) => _pending.Add(new Pending(instance, rounds, default));

    /// <summary>One announcement of an address that is not a virtual one.</summary>
    public void QueueSource(VrrpInstance instance, IpAddress source) => _pending.Add(new Pending(instance, 1, source));

    /// <summary>Forgets what an instance still wanted to say.</summary>
    public void Drop(VrrpInstance instance)
    {
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_pending[i].Instance, instance))
                _pending.RemoveAt(i);
        }
        foreach (AnnouncementLane lane in _lanes)
            lane.Drop(instance);
    }

    public void Flush(Instant now)
    {
        if (_pending.Count == 0 && !_hasFrames)
            return;
        foreach (Pending pending in CollectionsMarshal.AsSpan(_pending))
        {
            if (!pending.Source.IsNone)
                AnnounceSource(pending.Instance, pending.Source, now);
            else
                AnnounceHeld(pending.Instance, pending.Rounds, now);
        }
        _pending.Clear();
        _hasFrames = false;
        Errno error = world.FlushFrames();
        if (error != Errno.None)
            log.Write(LogLevel.Warning, EventIds.AnnouncementFailed,
                $"Gratuitous ARP or neighbour advertisements could not be sent - {new ErrnoText(error)}");
    }

    private void AnnounceHeld(VrrpInstance instance, int rounds, Instant now)
    {
        foreach (HeldAddress held in instance.HeldAddresses)
        {
            if (!held.IsPresent || !held.Interface.SpeaksArp)
                continue;
            if (held.Address.Family == AddressFamily.IPv4)
                events.AnnouncingByArp(instance.Name, held.Interface.Name, held.Address);
            else
                events.AnnouncingByNeighbourAdvertisement(instance.Name, held.Interface.Name, held.Address);
        }
        for (int round = 0; round < rounds; round++)
        {
            foreach (HeldAddress held in instance.HeldAddresses)
            {
                if (held.IsPresent)
                    SendOrQueue(instance, held.Interface, held.Address, now);
            }
        }
    }

    private void AnnounceSource(VrrpInstance instance, IpAddress source, Instant now)
    {
        if (instance.Interface is not { SpeaksArp: true } at)
            return;
        events.AnnouncingSource(instance.Name, source);
        Send(at, source, now);
    }

    private void SendOrQueue(VrrpInstance instance, NetworkInterface at, IpAddress address, Instant now)
    {
        if (IntervalOf(address) == Duration.Zero)
            Send(at, address, now);
        else
            LaneOf(at).Queue(instance, address, now);
    }

    /// <summary>The least time between a message for this address and the next one on its interface.</summary>
    internal Duration IntervalOf(IpAddress address)
        => address.Family == AddressFamily.IPv4 ? ArpInterval : NeighbourAdvertisementInterval;

    private AnnouncementLane LaneOf(NetworkInterface at)
    {
        foreach (AnnouncementLane lane in _lanes)
        {
            if (ReferenceEquals(lane.Interface, at))
                return lane;
        }
        AnnouncementLane added = new(at, this, world.Timers);
        _lanes.Add(added);
        return added;
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
            events.SendingArp(at.Name, address);
        }
        else
        {
            length = UnsolicitedNeighbourAdvertisement.Write(frame, at.Link.Address, address, IsRouter(at, now));
            events.SendingNeighbourAdvertisement(at.Name, address);
        }
        world.QueueFrame(at.Index, frame[..length]);
        _hasFrames = true;
    }

    private bool IsRouter(NetworkInterface at, Instant now)
    {
        int index = _forwarding.Count - 1;
        while (index >= 0 && !ReferenceEquals(_forwarding[index].Interface, at))
            index--;
        if (index >= 0 && now - _forwarding[index].ReadAt < ForwardingIsKnownFor)
            return _forwarding[index].Forwards;
        Forwarding read = new(at, world.ForwardsIPv6(at.KernelName), now);
        if (index >= 0)
            _forwarding[index] = read;
        else
            _forwarding.Add(read);
        return read.Forwards;
    }

    private readonly record struct Pending(VrrpInstance Instance, int Rounds, IpAddress Source);

    private readonly record struct Forwarding(NetworkInterface Interface, bool Forwards, Instant ReadAt);
}
