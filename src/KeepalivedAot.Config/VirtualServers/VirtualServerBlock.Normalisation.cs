using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.VirtualServers;

public sealed partial class VirtualServerBlock
{
    private const uint UsualPersistence = 360;

    /// <summary>As logs name it: <c>[192.0.2.1]:tcp:80</c>, <c>FWM 7</c>, <c>[group]:0</c>.</summary>
    public string DisplayName
        => Address.Mark is uint mark ? $"FWM {mark}"
            : Address.Group is not null ? $"[{Address.Group}]:0"
            : $"[{Address.Address!.Value.Address}]:{Protocol}:{Address.Address.Value.Port}";

    /// <summary>It had servers that can be used, whether they were kept or not.</summary>
    public bool HasServers { get; private set; }

    private bool IsUdp => Protocol.Number == ServiceProtocol.Udp;

    partial void OnClosed(Parser parser)
    {
        DiagnosticBag diagnostics = parser.Diagnostics;
        ChooseProtocol(diagnostics);
        if (Scheduler == Scheduler.None)
        {
            Scheduler = Scheduler.WeightedLeastConnection;
            ReportDefault(diagnostics, $"Virtual server {DisplayName}: no scheduler set, setting default 'wlc'", "add 'lvs_sched wlc'");
        }
        if (Method is null)
        {
            Method = ForwardingMethod.Nat;
            ReportDefault(diagnostics, $"Virtual server {DisplayName}: no forwarding method set, setting default NAT", "add 'lvs_method NAT'");
        }
        CheckOrder(diagnostics);
        CheckServers(diagnostics);
        CheckPersistence(diagnostics);
        CheckFlags(diagnostics);
        foreach (RealServerBlock server in RealServers)
            server.Inherit(this);
        CheckQuorum(diagnostics);
        HasServers = RealServers.Count > 0;
        if (!parser.Options.KeepsServers)
            RealServers = [];
    }

    internal void ChooseAlert(bool? alert)
    {
        SmtpAlert ??= alert ?? false;
        foreach (RealServerBlock server in RealServers)
            server.ChooseAlert(alert);
    }

    private void ChooseProtocol(DiagnosticBag diagnostics)
    {
        if (Address.Mark is not null)
        {
            if (Protocol.Number != 0)
                ReportConflict(diagnostics, _spans.Protocol, $"Virtual server {DisplayName}: protocol is ignored for a firewall mark", "leave it out");
            Protocol = default;
            return;
        }
        if (Protocol.Number != 0)
            return;
        ReportDefault(diagnostics, $"Virtual server {DisplayName}: no protocol set - defaulting to UDP", "add 'protocol UDP', or TCP if that is meant");
        Protocol = new ServiceProtocol(ServiceProtocol.Udp);
    }

    // What belongs to another line must stand behind it.
    private void CheckOrder(DiagnosticBag diagnostics)
    {
        if (SorryServerInhibit && !IsBehind(_spans.SorryServerInhibit, _spans.SorryServer))
        {
            SorryServerInhibit = false;
            ReportOrder(diagnostics, _spans.SorryServerInhibit, "sorry_server_inhibit", "sorry_server");
        }
        if (SorryServerMethod is not null && !IsBehind(_spans.SorryServerMethod, _spans.SorryServer))
        {
            SorryServerMethod = null;
            ReportOrder(diagnostics, _spans.SorryServerMethod, "sorry_server_lvs_method", "sorry_server");
        }
        bool hasSourceHash = Scheduler == Scheduler.SourceHashing;
        bool hasMaglev = Scheduler == Scheduler.MaglevHashing;
        SourceHashPort = Keep(SourceHashPort, hasSourceHash, _spans.SourceHashPort, "sh-port", "lvs_sched sh");
        SourceHashFallback = Keep(SourceHashFallback, hasSourceHash, _spans.SourceHashFallback, "sh-fallback", "lvs_sched sh");
        MaglevPort = Keep(MaglevPort, hasMaglev, _spans.MaglevPort, "mh-port", "lvs_sched mh");
        MaglevFallback = Keep(MaglevFallback, hasMaglev, _spans.MaglevFallback, "mh-fallback", "lvs_sched mh");

        bool Keep(bool value, bool fits, SourceSpan span, string word, string needed)
        {
            if (!value || (fits && IsBehind(span, _spans.Scheduler)))
                return value;
            ReportOrder(diagnostics, span, word, needed);
            return false;
        }

        static bool IsBehind(SourceSpan span, SourceSpan other) => other.IsGiven && other.Position < span.Position;
    }

    private void CheckServers(DiagnosticBag diagnostics)
    {
        AddressFamily family = Address.Address?.Address.Family
            ?? IpFamily switch { ServiceFamily.IPv4 => AddressFamily.IPv4, ServiceFamily.IPv6 => AddressFamily.IPv6, _ => AddressFamily.None };
        HashSet<ServerAddress> seen = [];
        ushort port = Address.Address?.Port ?? 0;
        bool hasNoPort = Address.Mark is not null || Address.Group is not null;
        RealServers.RemoveAll(server =>
        {
            ForwardingMethod method = server.Method ?? Method!;
            if (family == AddressFamily.None && method.Kind != ForwardingKind.Tunnel)
                family = server.Address.Address.Family;
            if (family != AddressFamily.None && server.Address.Address.Family != family && method.Kind != ForwardingKind.Tunnel)
            {
                diagnostics.Report(
                    DiagnosticCatalogue.ServerFamily, server.Spans.Address,
                    $"Virtual server {DisplayName}: real server {server.Address} is of the other address family - ignoring", "use an address of the same family, or TUN");
                return true;
            }
            if (hasNoPort && server.Address.Port != 0)
            {
                ReportConflict(
                    diagnostics, server.Spans.Address,
                    Address.Mark is not null
                        ? $"WARNING - fwmark virtual server {DisplayName}, real server {server.Address.Address} has port specified - clearing"
                        : $"WARNING - group virtual server {DisplayName}, real server {server.Address.Address} has port specified - port will be ignored",
                    "leave the port out");
                server.SetPort(0);
            }
            else if (!hasNoPort && method.Kind != ForwardingKind.Nat && server.Address.Port != port)
            {
                if (server.Address.Port != 0)
                {
                    ReportConflict(
                        diagnostics, server.Spans.Address,
                        $"WARNING - virtual server {DisplayName} and real server {server.Address.Address} ports don't match - resetting",
                        $"write port {port}: only NAT can change it");
                }
                server.SetPort(port);
            }
            if (seen.Add(server.Address))
                return false;
            Diagnostic again = diagnostics.Report(
                DiagnosticCatalogue.DuplicateServer, server.Spans.Address, $"VS {DisplayName} has duplicate RS {server.Address} - ignoring");
            diagnostics.Relate(again, RealServers.Find(s => s.Address == server.Address)!.Spans.Address, "first given here");
            return true;
        });
    }

    private void CheckPersistence(DiagnosticBag diagnostics)
    {
        if (PersistenceGranularity is not null && PersistenceTimeout == 0)
            PersistenceTimeout = UsualPersistence;
        if (Address.Address is { Port: 0 } && PersistenceTimeout == 0)
        {
            PersistenceTimeout = UsualPersistence;
            ReportConflict(
                diagnostics, Address.Spans.Line, $"Virtual server {DisplayName}: zero port only valid for persistent services - setting",
                "add 'persistence_timeout 360', or a port");
        }
    }

    private void CheckFlags(DiagnosticBag diagnostics)
    {
        if (OnePacketScheduling && !IsUdp && Address.Mark is null)
        {
            OnePacketScheduling = false;
            ReportConflict(diagnostics, _spans.OnePacketScheduling, $"Virtual server {DisplayName}: one packet scheduling requires UDP - resetting");
        }
        if (HaSuspend && Address.Mark is not null)
        {
            HaSuspend = false;
            ReportConflict(diagnostics, _spans.HaSuspend, $"Virtual server {DisplayName}: ha_suspend does not work with a firewall mark - resetting");
        }
    }

    private void CheckQuorum(DiagnosticBag diagnostics)
    {
        long weight = 0;
        foreach (RealServerBlock server in RealServers)
            weight += server.Weight;
        if (RealServers.Count > 0 && Quorum > weight)
        {
            diagnostics.Report(
                DiagnosticCatalogue.QuorumReduced, _spans.Quorum.IsGiven ? _spans.Quorum : _spans.Block,
                $"Warning - quorum {Quorum} for {DisplayName} exceeds total weight of real servers {weight}, reducing to {weight}", $"write at most 'quorum {weight}'");
            Quorum = (uint)weight;
        }
        if (Hysteresis >= Quorum && Hysteresis > 0)
        {
            uint most = Quorum == 0 ? 0 : Quorum - 1;
            diagnostics.Report(
                DiagnosticCatalogue.QuorumReduced, _spans.Hysteresis, $"Virtual server {DisplayName}: hysteresis {Hysteresis} >= quorum {Quorum}; setting to {most}",
                $"write at most 'hysteresis {most}'");
            Hysteresis = most;
        }
    }

    private void ReportDefault(DiagnosticBag diagnostics, string message, string suggestion)
        => diagnostics.Report(DiagnosticCatalogue.ServiceDefault, _spans.Block, message, suggestion);

    private void ReportConflict(DiagnosticBag diagnostics, SourceSpan span, string message, string? suggestion = null)
        => diagnostics.Report(DiagnosticCatalogue.ServiceConflict, span, message, suggestion);

    private static void ReportOrder(DiagnosticBag diagnostics, SourceSpan span, string word, string needed)
        => diagnostics.Report(DiagnosticCatalogue.OrderMatters, span, $"'{word}' needs '{needed}' in front of it; ignored", $"write it behind '{needed}'");
}
