using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Simulation.Network;

/// <summary>An IP datagram under way.</summary>
/// <param name="Bytes">IPv4: with its header. IPv6: what follows it.</param>
/// <param name="Protocol">Of IP.</param>
internal sealed record Packet(byte[] Bytes, IpAddress Source, IpAddress Destination, byte Protocol, int HopLimit);
