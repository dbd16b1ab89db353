using System.Net;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

public enum AnnouncementKind
{
    GratuitousArp,
    NeighbourAdvertisement,
}

/// <summary>A gratuitous ARP or an unsolicited neighbour advertisement.</summary>
/// <param name="Address">The address it announces.</param>
/// <param name="LinkLayerAddress">Whom the address is said to belong to: sender MAC, or the target link-layer option.</param>
/// <param name="Operation">ARP opcode, 1 for a request; for a neighbour advertisement its flags octet.</param>
public sealed record Announcement(
    TimeSpan At,
    AnnouncementKind Kind,
    IPAddress Address,
    string DestinationMac,
    string LinkLayerAddress,
    int Operation)
{
    public override string ToString() => $"{At.TotalSeconds:0.0000} {Kind} {Address} is at {LinkLayerAddress} (to {DestinationMac})";
}
