using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.VirtualServers;

// What a service of a group can only know when the whole file has been read.
public sealed partial class VirtualServerBlock
{
    /// <summary>An entry of the group whose connections none of the servers can get; null when there is none.</summary>
    internal GroupEntry? FindForeign(VirtualServerGroupBlock group)
        => Family == AddressFamily.None ? null : group.Has(Family == AddressFamily.IPv4 ? AddressFamily.IPv6 : AddressFamily.IPv4);

    internal void CheckGroup(VirtualServerGroupBlock group, DiagnosticBag diagnostics)
    {
        ReportDefaults(diagnostics);
        if (group.HasMarks)
            DropSuspension(diagnostics);
        if (group.HasAddresses)
        {
            DemandProtocol(diagnostics);
            DemandUdp(diagnostics);
        }
        else
        {
            DropProtocol(diagnostics);
        }
        if (group.HasAddressesWithoutPort)
            DemandPersistence(diagnostics);
        foreach (RealServerBlock server in RealServers)
        {
            if (server.Method!.Kind != ForwardingKind.Nat && server.Address.Port != 0)
                CheckPort(server, group, diagnostics);
        }
    }

    // The ports of the group's entries are used: only NAT can change the port of a packet.
    private void CheckPort(RealServerBlock server, VirtualServerGroupBlock group, DiagnosticBag diagnostics)
    {
        ServerAddress address = server.Address;
        if (group.FindOtherPort(address.Port) is { } other)
        {
            ReportConflict(
                diagnostics, server.Spans.Address,
                $"virtual server {DisplayName}:[{other.First},{other.Port}] and real server {NameOf(address)} ports don't match", "leave the port out");
        }
        else if (group.HasMarks)
        {
            ReportConflict(
                diagnostics, server.Spans.Address,
                $"fwmark virtual server {DisplayName}, real server {NameOf(address)} has port specified - port will be ignored", "leave the port out");
        }
        server.SetPort(0);
    }
}
