using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp;

/// <summary>A world that writes down what routers do to it, on virtual time that starts at 0.</summary>
internal sealed class TestWorld : IVrrpEffects, ILogSink
{
    /// <summary>How often it was told that the priority has changed.</summary>
    public int PriorityChanges { get; private set; }

    public static readonly IpAddress Local = IpAddress.Parse("10.9.0.2");
    public static readonly IpAddress Lower = IpAddress.Parse("10.9.0.1");
    public static readonly IpAddress Higher = IpAddress.Parse("10.9.0.3");
    public static readonly IpAddress VirtualAddress = IpAddress.Parse("10.9.0.100");

    public static readonly VrrpParameters Version2 = new()
    {
        Name = "V",
        InterfaceName = "eth0",
        Vrid = new Vrid(51),
        VirtualAddresses = [VirtualAddress],
    };

    public static readonly VrrpParameters Version3 = Version2 with { Version = VrrpVersion.V3 };

    public static readonly VrrpParameters Owner = Version2 with { BasePriority = Priority.Owner, ConfiguredActive = true };

    /// <summary>What the clock on the wall shows at the beginning: 2026-11-29 12:00 UTC.</summary>
    public static readonly UnixTime Beginning = UnixTime.FromSeconds(1_795_953_600);

    public TestWorld()
    {
        Log = new Log(this, LogLevel.ExtraDetail);
        UnixClock.Set(Now, Beginning);
    }

    public UnixClock UnixClock { get; } = new();

    public TimerQueue Timers { get; } = new();

    public Log Log { get; }

    public Instant Now { get; private set; }

    /// <summary>Effects with the second at which they came: <c>3.609375 advert 100 to 224.0.0.18</c>.</summary>
    public List<string> Effects { get; } = [];

    public List<(LogLevel Level, int Id, string Text)> Lines { get; } = [];

    public List<byte[]> Datagrams { get; } = [];

    public List<Transition> Transitions { get; } = [];

    public IEnumerable<string> Texts => Lines.Select(line => line.Text);

    public VrrpRouter Make(VrrpParameters parameters) => new(parameters, Timers, this, Log, UnixClock);

    public VrrpRouter Start(VrrpParameters parameters, VrrpFaults faults = VrrpFaults.None, double delaySeconds = 0)
    {
        VrrpRouter router = Make(parameters);
        router.Start(faults, Local, 1500, Seconds(delaySeconds), Now);
        return router;
    }

    /// <summary>A router that became active just now; nothing of how it came there is in the records.</summary>
    public VrrpRouter StartActive(VrrpParameters parameters)
    {
        VrrpRouter router = Start(parameters);
        Advance(router.ActiveDownInterval);
        Assert.Equal(VrrpState.Active, router.State);
        Forget();
        return router;
    }

    public void Forget()
    {
        Effects.Clear();
        Lines.Clear();
        Datagrams.Clear();
        Transitions.Clear();
    }

    public void Advance(double seconds) => Advance(Seconds(seconds));

    /// <summary>Lets time pass, firing each timer exactly when it is due.</summary>
    public void Advance(Duration duration)
    {
        Instant end = Now + duration;
        while (Timers.TryPeek(out Instant deadline) && deadline <= end)
        {
            if (deadline > Now)
                Now = deadline;
            Timers.TryFire(Now);
        }
        Now = end;
    }

    /// <summary>Time passes and nobody looks at the timers, as when the machine was suspended.</summary>
    public void Sleep(double seconds) => Now += Seconds(seconds);

    public void FireDue()
    {
        while (Timers.TryFire(Now))
        {
        }
    }

    public void Hear(VrrpRouter router, IpAddress from, int priority, VrrpParameters? sender = null)
    {
        byte[] bytes = Datagram.Of(sender ?? router.Parameters, from, priority);
        Receive(router, bytes, from);
    }

    public void Receive(VrrpRouter router, byte[] bytes, IpAddress from, IpAddress to = default, int hopLimit = 255)
        => router.OnDatagram(
            new VrrpDatagram
            {
                Bytes = bytes,
                Source = from,
                Destination = to.IsNone ? router.Parameters.IsUnicast ? router.LocalAddress : router.Parameters.Group : to,
                HopLimit = hopLimit,
            },
            Now);

    public static Duration Seconds(double seconds) => Duration.FromMicroseconds((long)Math.Round(seconds * 1_000_000));

    void IVrrpEffects.SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
    {
        Datagrams.Add(datagram.ToArray());
        int header = router.Parameters.Family == AddressFamily.IPv4 ? datagram[9] == Ipv4Header.ProtocolVrrp ? 20 : 44 : 0;
        Record($"advert {datagram[header + 2]} to {destination}");
    }

    void IVrrpEffects.HoldAddresses(VrrpRouter router, bool held) => Record(held ? "hold" : "release");

    void IVrrpEffects.Announce(VrrpRouter router, int rounds, AnnounceReason reason) => Record($"announce {rounds} {reason}");

    void IVrrpEffects.AnnounceSource(VrrpRouter router, IpAddress source) => Record($"announce source {source}");

    void IVrrpEffects.OnTransition(VrrpRouter router, in Transition transition)
    {
        Assert.Equal(transition.To, router.State);
        Transitions.Add(transition);
        Record($"{transition.From} to {transition.To}");
    }

    void IVrrpEffects.OnLowerPriorityHeard(VrrpRouter router) => Record("lower priority heard");

    /// <summary>What it was told to be wrong.</summary>
    public List<Conflict> Conflicts { get; } = [];

    void IVrrpEffects.OnConflict(VrrpRouter router, in Conflict conflict) => Conflicts.Add(conflict);

    void IVrrpEffects.OnPriorityChanged(VrrpRouter router) => PriorityChanges++;

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
        => Lines.Add((level, eventId, Encoding.UTF8.GetString(line)));

    private void Record(string effect)
        => Effects.Add(string.Create(CultureInfo.InvariantCulture, $"{new Duration(Now.Nanoseconds)} {effect}"));
}
