using KeepalivedAot.Base.Net;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Network;

/// <summary>Where an interface of a host is plugged into a segment.</summary>
/// <param name="interfaceName">As the host calls it.</param>
internal sealed class Port(string host, string interfaceName, Action<Packet> receive)
{
    private VirtualRouter.Member?[] _membersIPv4 = [];
    private VirtualRouter.Member?[] _membersIPv6 = [];

    /// <summary>In reports: <c>m1:eth0</c>.</summary>
    public string Name { get; } = $"{host}:{interfaceName}";

    public string Interface => interfaceName;

    public Segment? Segment { get; internal set; }

    /// <summary>Of the interface, in its host's kernel.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>Its place on the segment.</summary>
    public int Number { get; internal set; }

    /// <summary>The instance that speaks and hears here; null: there is none of that kind.</summary>
    public VirtualRouter.Member? Find(AddressFamily family, byte vrid)
    {
        VirtualRouter.Member?[] members = family == AddressFamily.IPv4 ? _membersIPv4 : _membersIPv6;
        return vrid < members.Length ? members[vrid] : null;
    }

    internal void Add(VirtualRouter.Member member)
    {
        ref VirtualRouter.Member?[] members = ref member.Router.Family == AddressFamily.IPv4 ? ref _membersIPv4 : ref _membersIPv6;
        if (members.Length <= member.Router.Vrid)
            Array.Resize(ref members, member.Router.Vrid + 1);
        members[member.Router.Vrid] = member;
    }

    internal void Receive(Packet packet) => receive(packet);

    public void Send(Packet packet) => Segment?.Send(this, packet);
}
