namespace KeepalivedAot.Simulation.Network;

/// <summary>Where an interface of a host is plugged into a segment.</summary>
/// <param name="Name">In reports: <c>m1:eth0</c>.</param>
internal sealed class Port(string name, Action<Packet> receive)
{
    public string Name => name;

    public Segment? Segment { get; internal set; }

    internal void Receive(Packet packet) => receive(packet);

    public void Send(Packet packet) => Segment?.Send(this, packet);
}
