using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>Hears who else says that virtual addresses of ours are his, while they are ours, and tells their instances.</summary>
/// <remarks>
/// Each interface of the host that such addresses are on, or above which their interface is, has a socket for ARP or for neighbour discovery or both, with a
/// filter for these addresses. It is opened when a first instance there becomes active; when none is active there it listens to nothing until one is, or
/// until a reload has no use for it.
/// </remarks>
internal sealed class NeighbourWatch(IVrrpWorld world, InterfaceTable interfaces, Log log)
{
    private readonly List<Ear> _ears = [];
    private bool _isDirty;
    private bool _mayClose;
    private VrrpInstance[] _instances = [];

    /// <summary>False: nothing is listened to.</summary>
    public bool IsEnabled { get; private set; } = true;

    /// <summary>How many sockets there are, those that listen to nothing too.</summary>
    public int SocketCount => _ears.Count(static ear => ear.IsOpen);

    public void Enable(bool enabled)
    {
        _isDirty |= enabled != IsEnabled;
        _mayClose |= IsEnabled && !enabled;
        IsEnabled = enabled;
    }

    /// <summary>Which addresses instances hold, or where, is another matter now.</summary>
    public void OnHoldingChanged() => _isDirty = true;

    /// <summary>There are other instances, or other addresses of them.</summary>
    public void OnConfigurationChanged() => _isDirty = _mayClose = true;

    /// <summary>Goes over to what instances hold now: behind all that the protocol has to send.</summary>
    public void Flush(VrrpInstance[] instances)
    {
        if (!_isDirty)
            return;
        _isDirty = false;
        _instances = instances;
        if (_mayClose && IsEnabled)
            MakeRoom();
        foreach (Ear ear in _ears)
            ear.Begin();
        foreach (VrrpInstance instance in instances)
        {
            if (!IsEnabled || !instance.IsHoldingAddresses)
                continue;
            foreach (HeldAddress held in instance.HeldAddresses)
            {
                NetworkInterface below = instance.BelowOf(held.Interface);
                if (below.SpeaksArp)
                    EarFor(below, held.Address.Family).Want(held.Address);
            }
        }
        foreach (Ear ear in _ears)
            ear.Finish();
        if (!_mayClose)
            return;
        _mayClose = false;
        for (int i = _ears.Count - 1; i >= 0; i--)
        {
            if (IsEnabled && IsOfUse(_ears[i]))
                continue;
            _ears[i].Close();
            _ears.RemoveAt(i);
        }
    }

    /// <summary>The end: nothing is listened to any more.</summary>
    public void Close()
    {
        foreach (Ear ear in _ears)
            ear.Close();
        _ears.Clear();
    }

    // For all that there may ever be to hear: a takeover of a thousand instances shall not end with a collection.
    private void MakeRoom()
    {
        foreach (Ear ear in _ears)
            ear.Begin();
        foreach (VrrpInstance instance in _instances)
        {
            foreach (HeldAddress held in instance.HeldAddresses)
            {
                NetworkInterface below = instance.BelowOf(held.Interface);
                if (below.SpeaksArp)
                    EarFor(below, held.Address.Family).Want(held.Address);
            }
        }
        foreach (Ear ear in _ears)
            ear.MakeRoom();
    }

    private bool IsOfUse(Ear ear)
    {
        foreach (VrrpInstance instance in _instances)
        {
            foreach (HeldAddress held in instance.HeldAddresses)
            {
                if (held.Address.Family == ear.Family && ReferenceEquals(instance.BelowOf(held.Interface), ear.At))
                    return true;
            }
        }
        return false;
    }

    private Ear EarFor(NetworkInterface at, AddressFamily family)
    {
        foreach (Ear ear in _ears)
        {
            if (ReferenceEquals(ear.At, at) && ear.Family == family)
                return ear;
        }
        Ear another = new(this, at, family);
        _ears.Add(another);
        return another;
    }

    private void OnClaim(Ear ear, in NeighbourClaim claim, Instant now)
    {
        if (IsOurs(claim.Mac))
            return;
        foreach (VrrpInstance instance in _instances)
        {
            if (!instance.IsHoldingAddresses)
                continue;
            foreach (HeldAddress held in instance.HeldAddresses)
            {
                if (held.Address != claim.Address || !ReferenceEquals(instance.BelowOf(held.Interface), ear.At))
                    continue;
                instance.Router.OnAddressClaimed(claim.Address, claim.Mac, claim.IsWish, now);
                break;
            }
        }
    }

    // What an interface above sends may come back from below, and a host with two interfaces on a segment speaks with both.
    private bool IsOurs(MacAddress mac)
    {
        IReadOnlyList<NetworkInterface> all = interfaces.Interfaces;
        for (int i = 0; i < all.Count; i++)
        {
            NetworkInterface at = all[i];
            if (at.Exists && at.Link.HasMacAddress && at.Link.Address == mac)
                return true;
        }
        return false;
    }

    private sealed class Ear(NeighbourWatch watch, NetworkInterface at, AddressFamily family) : INeighbourObserver
    {
        private INeighbourListening? _listening;
        private int _index;
        private List<IpAddress> _heard = [];
        private List<IpAddress> _wanted = [];

        // One line for a row of equal failures.
        private Errno _failure;

        public NetworkInterface At => at;

        public AddressFamily Family => family;

        public bool IsOpen => _listening is not null;

        public void Begin() => _wanted.Clear();

        public void Want(IpAddress address) => _wanted.Add(address);

        /// <summary>For as much as is wanted now.</summary>
        public void MakeRoom() => _heard.EnsureCapacity(_wanted.Count);

        public void Finish()
        {
            // The socket of an interface that is gone hears nothing of its successor.
            if (_listening is not null && _index != at.Index)
                Close();
            if (_wanted.Count == 0 && _listening is null)
                return;
            ReadOnlySpan<IpAddress> wanted = CollectionsMarshal.AsSpan(_wanted);
            bool isOpen = _listening is not null;
            if (isOpen && wanted.SequenceEqual(CollectionsMarshal.AsSpan(_heard)))
                return;
            OsError failure = OsError.None;
            if (!isOpen)
            {
                _index = at.Index;
                _listening = watch.Open(this, out failure);
            }
            if (!failure.IsError)
                failure = _listening!.Listen(wanted);
            if (failure.IsError)
                Fail(failure);
            else
                (_heard, _wanted, _failure) = (_wanted, _heard, Errno.None);
        }

        public void Close()
        {
            _listening?.Dispose();
            _listening = null;
            _heard.Clear();
        }

        void INeighbourObserver.OnNeighbour(ReadOnlySpan<byte> packet, MacAddress sender, Instant now)
        {
            bool isClaim = family == AddressFamily.IPv4
                ? NeighbourClaim.TryParseArp(packet, out NeighbourClaim claim) : NeighbourClaim.TryParseDiscovery(packet, sender, out claim);
            if (isClaim)
                watch.OnClaim(this, claim, now);
        }

        void INeighbourObserver.OnListenFailed(Errno error) => Fail(new OsError("recvfrom", at.Name, error));

        private void Fail(OsError failure)
        {
            if (failure.Errno != _failure)
                watch.Report(this, failure);
            _failure = failure.Errno;
        }
    }

    private INeighbourListening? Open(Ear ear, out OsError failure) => world.ListenToNeighbours(ear.At.Index, ear.Family, ear, out failure);

    private void Report(Ear ear, OsError failure)
        => log.Write(LogLevel.Warning, EventIds.NeighbourWatch,
            $"Whether others have our {(ear.Family == AddressFamily.IPv4 ? "IPv4" : "IPv6")} addresses on {ear.At.Name} cannot be told: {failure}");
}
