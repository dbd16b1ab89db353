using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.VirtualServers;

// What follows from the settings, and what they rule out. The family and the servers are in .Servers.cs; what a service of a group
// must wait for, because the group may be defined later, is in .Group.cs.
public sealed partial class VirtualServerBlock
{
    private const uint UsualPersistence = 360;

    /// <summary>As logs name it: <c>[192.0.2.1]:tcp:80</c>, <c>FWM 7</c>, <c>[group]:0</c>.</summary>
    public string DisplayName
        => Address.Mark is uint mark ? $"FWM {mark}"
            : Address.Group is not null ? $"[{Address.Group}]:0"
            : NameOf(Address.Address!.Value);

    /// <summary>It had servers that can be used, whether they were kept or not.</summary>
    public bool HasServers { get; private set; }

    private bool IsUdp => Protocol is { Number: ServiceProtocol.Udp };

    /// <summary>As logs name a server of this service: <c>[192.0.2.10]:tcp:80</c>.</summary>
    public string NameOf(ServerAddress server) => $"[{server.Address}]:{Protocol ?? default}:{server.Port}";

    // The order is that in which one decision needs another, which is keepalived's too, so that its messages come in the same order: the
    // method and protocol name servers and decide which ports they may have; the lines that need another above them are looked at before
    // what they set is used; the family decides which servers stay; servers inherit what is settled by then; and the quorum is compared
    // with the weights of those that are left. What concerns a group of addresses waits for the whole file (.Group.cs).
    partial void OnClosed(Parser parser)
    {
        DiagnosticBag diagnostics = parser.Diagnostics;
        if (Scheduler == Scheduler.None)
            Scheduler = Scheduler.WeightedLeastConnection;
        Method ??= ForwardingMethod.Nat;
        if (Address.Group is null)
            ReportDefaults(diagnostics);
        if (Address.Mark is not null)
            DropProtocol(diagnostics);
        else if (Address.Group is null)
            DemandProtocol(diagnostics);
        CheckOrder(diagnostics);
        ChooseFamily(diagnostics);
        CheckServers(diagnostics);
        CheckSorryServer(diagnostics);
        if (PersistenceGranularity is not null && PersistenceTimeout == 0)
            PersistenceTimeout = UsualPersistence;
        if (Address.Address is { Port: 0 })
            DemandPersistence(diagnostics);
        if (Address.Mark is not null)
            DropSuspension(diagnostics);
        else if (Address.Group is null)
            DemandUdp(diagnostics);
        foreach (RealServerBlock server in RealServers)
            server.Inherit(this, diagnostics);
        CheckQuorum(diagnostics);
        HasServers = RealServers.Count > 0;
        if (!parser.Options.KeepsServers && Address.Group is null)
            ForgetServers();
    }

    /// <summary>Those with scripts stay: a config test still asks the host about them.</summary>
    internal void ForgetServers() => RealServers = RealServers.FindAll(static server => server.HasScripts);

    internal void ChooseAlert(bool? alert)
    {
        SmtpAlert ??= alert ?? false;
        foreach (RealServerBlock server in RealServers)
            server.ChooseAlert(alert);
    }

    private void ReportDefaults(DiagnosticBag diagnostics)
    {
        if (!_spans.Scheduler.IsGiven)
            ReportDefault(diagnostics, nameof(Scheduler), $"Virtual server {DisplayName}: no scheduler set, setting default 'wlc'", "add 'lvs_sched wlc'");
        if (!_spans.Method.IsGiven)
            ReportDefault(diagnostics, nameof(Method), $"Virtual server {DisplayName}: no forwarding method set, setting default NAT", "add 'lvs_method NAT'");
    }

    private void DropProtocol(DiagnosticBag diagnostics)
    {
        if (Protocol is null)
            return;
        ReportConflict(
            diagnostics, _spans.Protocol, $"Virtual server {DisplayName}: protocol specified for fwmark - protocol will be ignored", "leave it out");
        Protocol = null;
    }

    private void DemandProtocol(DiagnosticBag diagnostics)
    {
        if (Protocol is not null)
            return;
        ReportDefault(diagnostics, nameof(Protocol), $"Virtual server {DisplayName}: no protocol set - defaulting to UDP", "add 'protocol UDP', or TCP if that is meant");
        Protocol = new ServiceProtocol(ServiceProtocol.Udp);
    }

    private void DemandUdp(DiagnosticBag diagnostics)
    {
        if (!OnePacketScheduling || IsUdp)
            return;
        OnePacketScheduling = false;
        ReportConflict(diagnostics, _spans.OnePacketScheduling, $"Virtual server {DisplayName}: one packet scheduling requires UDP - resetting");
    }

    private void DropSuspension(DiagnosticBag diagnostics)
    {
        if (!HaSuspend)
            return;
        HaSuspend = false;
        ReportConflict(diagnostics, _spans.HaSuspend, $"Virtual server {DisplayName}: cannot use ha_suspend with fwmarks - clearing ha_suspend");
    }

    // A service of all ports, whose connections would not find the server that they began with.
    private void DemandPersistence(DiagnosticBag diagnostics)
    {
        if (PersistenceTimeout != 0)
            return;
        PersistenceTimeout = UsualPersistence;
        diagnostics.ReportUnless(
            _spans.HasMistake(nameof(PersistenceTimeout)), DiagnosticCatalogue.ServiceConflict, Address.Spans.Line,
            $"Virtual server {DisplayName}: zero port only valid for persistent services - setting",
            "add 'persistence_timeout 360', or a port");
    }

    // What belongs to another line must stand behind it.
    private void CheckOrder(DiagnosticBag diagnostics)
    {
        if (SorryServerInhibit && !IsBehind(_spans.SorryServerInhibit, _spans.SorryServer))
        {
            SorryServerInhibit = false;
            ReportOrder(diagnostics, _spans.SorryServerInhibit, "sorry_server_inhibit", "sorry_server", nameof(SorryServer));
        }
        if (SorryServerMethod is not null && !IsBehind(_spans.SorryServerMethod, _spans.SorryServer))
        {
            SorryServerMethod = null;
            ReportOrder(diagnostics, _spans.SorryServerMethod, "sorry_server_lvs_method", "sorry_server", nameof(SorryServer));
        }
        bool isHashing = Scheduler is Scheduler.SourceHashing or Scheduler.MaglevHashing;
        if (Hashed && isHashing && IsBehind(_spans.Hashed, _spans.Scheduler))
            diagnostics.Report(DiagnosticCatalogue.NoEffect, _spans.Hashed, "'hashed' has no effect", "leave it out");
        else if (Hashed)
            ReportOrder(diagnostics, _spans.Hashed, "hashed", "lvs_sched sh", nameof(Scheduler));
        SourceHashPort = KeepsFlag(SourceHashPort, Scheduler.SourceHashing, _spans.SourceHashPort, "sh-port", "lvs_sched sh", diagnostics);
        SourceHashFallback = KeepsFlag(SourceHashFallback, Scheduler.SourceHashing, _spans.SourceHashFallback, "sh-fallback", "lvs_sched sh", diagnostics);
        MaglevPort = KeepsFlag(MaglevPort, Scheduler.MaglevHashing, _spans.MaglevPort, "mh-port", "lvs_sched mh", diagnostics);
        MaglevFallback = KeepsFlag(MaglevFallback, Scheduler.MaglevHashing, _spans.MaglevFallback, "mh-fallback", "lvs_sched mh", diagnostics);
    }

    // The flag of the other hashing scheduler is passed over in silence, that of any other one is an error.
    private bool KeepsFlag(bool value, Scheduler owner, SourceSpan span, string word, string needed, DiagnosticBag diagnostics)
    {
        bool isBehind = IsBehind(span, _spans.Scheduler);
        if (!value || (Scheduler == owner && isBehind))
            return value;
        if (isBehind && Scheduler is Scheduler.SourceHashing or Scheduler.MaglevHashing)
            diagnostics.Report(DiagnosticCatalogue.ServiceSettingUnused, span, $"'{word}' belongs to '{needed}'; ignored", "leave it out");
        else
            ReportOrder(diagnostics, span, word, needed, nameof(Scheduler));
        return false;
    }

    private void CheckQuorum(DiagnosticBag diagnostics)
    {
        long weight = 0;
        foreach (RealServerBlock server in RealServers)
            weight += server.Weight;
        if (RealServers.Count > 0 && Quorum > weight)
        {
            diagnostics.ReportUnless(
                _spans.HasMistake(nameof(RealServers)), DiagnosticCatalogue.QuorumReduced, _spans.Quorum.IsGiven ? _spans.Quorum : _spans.Block,
                $"quorum {Quorum} for {DisplayName} exceeds total weight of real servers {weight}, reducing quorum to {weight}",
                weight == 0 ? "give a real server a weight" : $"write at most 'quorum {weight}'");
            Quorum = (uint)weight;
        }
        if (Hysteresis >= Quorum && Hysteresis > 0)
        {
            uint most = Quorum == 0 ? 0 : Quorum - 1;
            diagnostics.Report(
                DiagnosticCatalogue.QuorumReduced, _spans.Hysteresis, $"Virtual server {DisplayName}: hysteresis {Hysteresis} >= quorum {Quorum}; setting hysteresis to {most}",
                most == 0 ? "leave it out" : $"write at most 'hysteresis {most}'");
            Hysteresis = most;
        }
    }

    private static bool IsBehind(SourceSpan span, SourceSpan other) => other.IsGiven && other.Position < span.Position;

    private void ReportDefault(DiagnosticBag diagnostics, string setting, string message, string suggestion)
        => diagnostics.ReportUnless(_spans.HasMistake(setting), DiagnosticCatalogue.ServiceDefault, _spans.Block, message, suggestion);

    private static void ReportConflict(DiagnosticBag diagnostics, SourceSpan span, string message, string? suggestion = null)
        => diagnostics.Report(DiagnosticCatalogue.ServiceConflict, span, message, suggestion);

    private void ReportOrder(DiagnosticBag diagnostics, SourceSpan span, string word, string needed, string setting)
        => diagnostics.ReportUnless(
            _spans.HasMistake(setting), DiagnosticCatalogue.OrderMatters, span, $"'{word}' needs '{needed}' in front of it; ignored", $"write it behind '{needed}'");
}
