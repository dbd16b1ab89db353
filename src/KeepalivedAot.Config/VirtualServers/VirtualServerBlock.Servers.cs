using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.VirtualServers;

// The family of the service, and which servers fit it.
public sealed partial class VirtualServerBlock
{
    /// <summary>The family of the service; none when all of a group's servers are reached by tunnels.</summary>
    public AddressFamily Family { get; private set; }

    // The address decides. Without one it is whatever says a family first, and what says another one later is ignored.
    private void ChooseFamily(DiagnosticBag diagnostics)
    {
        Family = Address.Address?.Address.Family ?? AddressFamily.None;
        AddressFamily said = IpFamily switch { ServiceFamily.IPv4 => AddressFamily.IPv4, ServiceFamily.IPv6 => AddressFamily.IPv6, _ => AddressFamily.None };
        if (Family == AddressFamily.None)
        {
            int first = int.MaxValue;
            Consider(said, _spans.IpFamily, ref first);
            Consider(PersistenceGranularity?.Family ?? AddressFamily.None, _spans.PersistenceGranularity, ref first);
            if (RealServers.Find(s => (s.Method ?? Method!).Kind != ForwardingKind.Tunnel) is { } server)
                Consider(server.Address.Address.Family, server.Spans.Block, ref first);
        }
        if (Family == AddressFamily.None && Address.Mark is not null)
            Family = AddressFamily.IPv4;
        if (said != AddressFamily.None && said != Family)
        {
            ReportConflict(
                diagnostics, _spans.IpFamily, $"Virtual server specified family {(said == AddressFamily.IPv4 ? "inet" : "inet6")} conflicts with server family",
                "leave it out, or write it in front of the real servers");
            IpFamily = ServiceFamily.Unknown;
        }
        if (Address.Mark is not null)
            IpFamily = Family == AddressFamily.IPv6 ? ServiceFamily.IPv6 : ServiceFamily.IPv4;
        if (PersistenceGranularity is { } granularity && granularity.Family != Family)
            ChangeGranularity(granularity, diagnostics);

        void Consider(AddressFamily family, SourceSpan span, ref int first)
        {
            if (family == AddressFamily.None || span.Position >= first)
                return;
            first = span.Position;
            Family = family;
        }
    }

    private void ChangeGranularity(PersistenceGranularity granularity, DiagnosticBag diagnostics)
    {
        if (Family == AddressFamily.IPv6)
        {
            PersistenceGranularity = null;
            ReportConflict(
                diagnostics, _spans.PersistenceGranularity, $"Invalid IPv6 persistence_granularity specified - {granularity.Mask}", "write the length of a prefix, 1 to 128");
            return;
        }
        PersistenceGranularity mask = granularity.AsMask;
        PersistenceGranularity = mask;
        diagnostics.Report(
            DiagnosticCatalogue.MaskWithoutDots, _spans.PersistenceGranularity, $"'{granularity.PrefixLength}' is the mask {mask.Mask}",
            "write a mask with dots, such as 255.255.255.0");
    }

    private void CheckServers(DiagnosticBag diagnostics)
    {
        Dictionary<ServerAddress, RealServerBlock> seen = [];
        int dropped = RealServers.RemoveAll(server =>
        {
            ForwardingKind kind = (server.Method ?? Method!).Kind;
            if (IsForeign(server.Address, kind))
            {
                diagnostics.Report(
                    DiagnosticCatalogue.ServerFamily, server.Spans.Address,
                    $"Address family of virtual server and real server {server.Address.Address} don't match - skipping real server.",
                    "use an address of the same family, or TUN");
                return true;
            }
            if (Address.Group is null && kind != ForwardingKind.Nat)
            {
                if (HasForeignPort(server.Address))
                {
                    ReportPort(
                        server.Spans.Address, Address.Mark is null ? "virtual server" : "fwmark virtual server", $"real server {NameOf(server.Address)}", diagnostics);
                }
                server.SetPort(ServicePort);
            }
            if (seen.TryAdd(server.Address, server))
                return false;
            Diagnostic again = diagnostics.Report(
                DiagnosticCatalogue.DuplicateServer, server.Spans.Address, $"VS {DisplayName}: real server {NameOf(server.Address)} is duplicated - removing second rs");
            diagnostics.Relate(again, seen[server.Address].Spans.Address, "first given here");
            return true;
        });
        if (dropped > 0)
            _spans.NoteMistake(nameof(RealServers));
    }

    private void CheckSorryServer(DiagnosticBag diagnostics)
    {
        if (SorryServer is not { } sorry)
            return;
        SorryServerMethod ??= Method!;
        if (IsForeign(sorry, SorryServerMethod.Kind))
        {
            diagnostics.Report(
                DiagnosticCatalogue.ServerFamily, _spans.SorryServer,
                $"Address family of virtual server and sorry server {sorry.Address} don't match - skipping sorry server.", "use an address of the same family, or TUN");
            (SorryServer, SorryServerMethod, SorryServerInhibit) = (null, null, false);
            return;
        }
        if (SorryServerMethod.Kind == ForwardingKind.Nat)
            return;
        if (Address.Group is null)
        {
            if (HasForeignPort(sorry))
                ReportPort(_spans.SorryServer, "virtual server", "sorry server", diagnostics);
            SorryServer = sorry with { Port = ServicePort };
        }
        else if (sorry.Port != 0)
        {
            ReportConflict(
                diagnostics, _spans.SorryServer, $"virtual server {DisplayName}, sorry server has port specified - port will be ignored", "leave the port out");
            SorryServer = sorry with { Port = 0 };
        }
    }

    // Only a tunnel leads from one family to the other.
    private bool IsForeign(ServerAddress server, ForwardingKind kind)
        => Family != AddressFamily.None && server.Address.Family != Family && kind != ForwardingKind.Tunnel;

    // Only NAT can change the port of a packet.
    private ushort ServicePort => Address.Address?.Port ?? 0;

    private bool HasForeignPort(ServerAddress server) => server.Port != 0 && server.Port != ServicePort;

    private void ReportPort(SourceSpan span, string service, string server, DiagnosticBag diagnostics)
        => ReportConflict(
            diagnostics, span,
            Address.Mark is not null
                ? $"{service} {DisplayName}, {server} has port specified - clearing"
                : $"{service} {DisplayName} and {server} ports don't match - resetting",
            Address.Mark is not null ? "leave the port out: only NAT can change it" : $"write port {ServicePort}: only NAT can change it");
}
