namespace KeepalivedAot.Simulation.Network;

/// <summary>Where an interface of a host is plugged into a segment.</summary>
/// <param name="interfaceName">As the host calls it.</param>
internal sealed class Port(string host, string interfaceName, Action<Packet> receive)
{
    /// <summary>In reports: <c>m1:eth0</c>.</summary>
    public string Name { get; } = $"{host}:{interfaceName}";

    public string Interface => interfaceName;

    public Segment? Segment { get; internal set; }

    internal void Receive(Packet packet) => receive(packet);

    public void Send(Packet packet) => Segment?.Send(this, packet);
}
