namespace KeepalivedAot.Daemon.Routers;

/// <summary>Whose a datagram is, as one number that comes back with what became of it.</summary>
/// <param name="Instance">The instance's place among all, 0 to 65535.</param>
/// <param name="Destination">Which of its destinations: the unicast peer's place in the configuration, or 0 for the group.</param>
internal readonly record struct DatagramTag(int Instance, int Destination)
{
    private const int InstanceBits = 16;

    public int Value => (Destination << InstanceBits) | Instance;

    public static DatagramTag Of(int value) => new(value & ((1 << InstanceBits) - 1), value >> InstanceBits);
}
