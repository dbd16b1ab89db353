using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;
using KeepalivedAot.Vrrp.Watch;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Groups;

/// <summary>One group and its members, named A, B, C ..., on virtual time that starts at 0.</summary>
internal sealed class GroupWorld : IVrrpEffects, IVrrpGroupEffects, ILogSink
{
    public static readonly IpAddress Peer = IpAddress.Parse("10.9.0.3");

    private readonly TimerQueue _timers = new();

    /// <param name="priorities">One for each member; 255 is an owner that is configured as MASTER.</param>
    public GroupWorld(params int[] priorities)
    {
        Log = new Log(this, LogLevel.ExtraDetail);
        Group = new VrrpGroup("G", this, Log);
        for (int i = 0; i < priorities.Length; i++)
            Members.Add(Make(((char)('A' + i)).ToString(), priorities[i], i + 1));
        Group.SetMembers(Members);
    }

    public Log Log { get; }

    public Instant Now { get; private set; }

    public VrrpGroup Group { get; }

    public List<VrrpRouter> Members { get; } = [];

    public VrrpRouter A => Members[0];
    public VrrpRouter B => Members[1];
    public VrrpRouter C => Members[2];

    /// <summary>What has been told since the last <see cref="Take"/>: <c>A MASTER</c>, <c>group MASTER</c>, <c>A sends 0</c>, <c>A announces 5</c>.</summary>
    public List<string> Told { get; } = [];

    public List<string> Lines { get; } = [];

    public VrrpRouter Make(string name, int priority, int vrid = 200) => new(
        new VrrpParameters
        {
            Name = name,
            InterfaceName = "eth" + name,
            Vrid = new Vrid((byte)vrid),
            BasePriority = new Priority((byte)priority),
            ConfiguredActive = priority == 255,
            VirtualAddresses = [IpAddress.Parse("10.9.0.100")],
        },
        _timers, this, Log);

    public GroupWorld Start(params VrrpFaults[] faults)
    {
        for (int i = 0; i < Members.Count; i++)
            Members[i].Prepare(i < faults.Length ? faults[i] : VrrpFaults.None, IpAddress.Parse("10.9.0.2"), 1500);
        Group.Start();
        foreach (VrrpRouter member in Members)
            member.Start(Duration.Zero, Now);
        return this;
    }

    /// <summary>A group whose members are all active; nothing of how they came there is in the records.</summary>
    public static GroupWorld Active(int members = 2)
    {
        GroupWorld world = new GroupWorld([.. Enumerable.Repeat(100, members)]).Start();
        world.Advance(3.7);
        Assert.All(world.Members, static m => Assert.Equal(VrrpState.Active, m.State));
        world.Take();
        world.Lines.Clear();
        return world;
    }

    public List<string> Take()
    {
        List<string> told = [.. Told];
        Told.Clear();
        return told;
    }

    public void Advance(double seconds) => Advance(TestWorld.Seconds(seconds));

    public void Advance(Duration duration)
    {
        Instant end = Now + duration;
        while (_timers.TryPeek(out Instant deadline) && deadline <= end)
        {
            Now = deadline > Now ? deadline : Now;
            _timers.TryFire(Now);
        }
        Now = end;
    }

    public void Hear(VrrpRouter member, int priority) => member.OnDatagram(
        new VrrpDatagram
        {
            Bytes = Datagram.Of(member.Parameters, Peer, priority),
            Source = Peer,
            Destination = member.Parameters.Group,
            HopLimit = 255,
        },
        Now);

    public string States => string.Join(' ', Members.Select(static m => $"{m.Parameters.Name} {NameOf(m.State)}"));

    void IVrrpEffects.SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
    {
        // Regular ones are no news.
        if (datagram[22] == 0)
            Told.Add($"{router.Parameters.Name} sends 0");
    }

    void IVrrpEffects.HoldAddresses(VrrpRouter router, bool held)
    {
    }

    void IVrrpEffects.Announce(VrrpRouter router, int rounds, AnnounceReason reason)
    {
        if (reason is AnnounceReason.LowerPriorityHeard or AnnounceReason.LowerPriorityDelayed)
            Told.Add(string.Create(CultureInfo.InvariantCulture, $"{router.Parameters.Name} announces {rounds} {reason}"));
    }

    void IVrrpEffects.AnnounceSource(VrrpRouter router, IpAddress source)
    {
    }

    void IVrrpEffects.OnTransition(VrrpRouter router, in Transition transition) => Told.Add($"{router.Parameters.Name} {NameOf(transition.To)}");

    void IVrrpEffects.OnLowerPriorityHeard(VrrpRouter router) => Told.Add($"{router.Parameters.Name} heard lower priority");

    void IVrrpEffects.OnConflict(VrrpRouter router, in Conflict conflict) => Told.Add($"{router.Parameters.Name} has a conflict");

    void IVrrpEffects.OnPriorityChanged(VrrpRouter router)
    {
        // Not the groups' business.
    }

    void IVrrpGroupEffects.OnGroupState(VrrpGroup group, VrrpState state) => Told.Add($"group {NameOf(state)}");

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Lines.Add(Encoding.UTF8.GetString(line));

    private static string NameOf(VrrpState state) => state switch
    {
        VrrpState.Initialize => "INIT",
        VrrpState.Backup => "BACKUP",
        VrrpState.Active => "MASTER",
        _ => "FAULT",
    };
}
