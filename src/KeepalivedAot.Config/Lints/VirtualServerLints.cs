using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Virtual servers whose checks and quorum do not do what they look like.</summary>
internal static class VirtualServerLints
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<string, VirtualServerBlock> services = [];
        foreach (VirtualServerBlock service in configuration.VirtualServers)
        {
            CheckTwice(service, services, diagnostics);
            CheckCheckers(service, diagnostics);
            CheckQuorum(service, diagnostics);
            CheckDelay(service, diagnostics);
        }
        CheckAccept(configuration, diagnostics);
    }

    private static void CheckTwice(VirtualServerBlock service, Dictionary<string, VirtualServerBlock> services, DiagnosticBag diagnostics)
    {
        // Marks of different families are different services, and so are the addresses of a group for TCP and UDP.
        string identity = $"{service.DisplayName} {service.Protocol} {(service.Address.Mark is null ? "" : service.RealServers.FirstOrDefault()?.Address.Address.Family)}";
        if (services.TryAdd(identity, service))
            return;
        Diagnostic again = diagnostics.Report(
            DiagnosticCatalogue.ServiceTwice, service.Spans.Block, $"there is a virtual server {service.DisplayName} already",
            "put the real servers into one block, or mend the address, port or protocol of one of them");
        diagnostics.Relate(again, services[identity].Spans.Block, "first given here");
    }

    // One finding for a service: who left checkers out left them out everywhere.
    private static void CheckCheckers(VirtualServerBlock service, DiagnosticBag diagnostics)
    {
        List<RealServerBlock> bare = service.RealServers.FindAll(static server => !server.HasCheckers && !server.HasSpoiltChecker);
        if (bare.Count == 0)
            return;
        string more = bare.Count == 1 ? " has" : $" and {bare.Count - 1} more have";
        diagnostics.Report(
            DiagnosticCatalogue.NoChecker, bare[0].Spans.Address,
            $"virtual server {service.DisplayName}: real server {bare[0].Address}{more} no checker", "add one, such as 'TCP_CHECK { }'");
    }

    private static void CheckQuorum(VirtualServerBlock service, DiagnosticBag diagnostics)
    {
        long weight = service.RealServers.Sum(static server => (long)server.Weight);
        long needed = (long)service.Quorum + service.Hysteresis;
        // A quorum that is too large by itself has been reduced, and reported.
        if (service.Hysteresis == 0 || needed <= weight || service.RealServers.Count == 0)
            return;
        diagnostics.Report(
            DiagnosticCatalogue.QuorumOutOfReach, service.Spans.Hysteresis,
            string.Create(
                CultureInfo.InvariantCulture,
                $"virtual server {service.DisplayName}: quorum {service.Quorum} and hysteresis {service.Hysteresis} need {needed}, and all real servers weigh {weight}"),
            $"write at most 'hysteresis {weight - service.Quorum}', or a smaller quorum");
    }

    // One finding for a service, of the checker that takes longest.
    private static void CheckDelay(VirtualServerBlock service, DiagnosticBag diagnostics)
    {
        CheckerBlock? slowest = null;
        Duration longest = Duration.Zero;
        SourceSpan where = default;
        foreach (RealServerBlock server in service.RealServers)
        {
            Consider(server.TcpChecks, static c => c.Spans.Block);
            Consider(server.HttpGets, static c => c.Spans.Block);
            Consider(server.SslGets, static c => c.Spans.Block);
            Consider(server.SmtpChecks, static c => c.Spans.Block);
            Consider(server.PingChecks, static c => c.Spans.Block);
            Consider(server.UdpChecks, static c => c.Spans.Block);
            Consider(server.DnsChecks, static c => c.Spans.Block);
            foreach (MiscCheckBlock check in server.MiscChecks ?? [])
                Note(check, check.KillAfter, check.Spans.Block);
        }
        if (slowest is null)
            return;
        Diagnostic found = diagnostics.Report(
            DiagnosticCatalogue.CheckLongerThanLoop, where,
            $"virtual server {service.DisplayName}: a check may take {longest} s, and the next one begins {slowest.DelayLoop} s later",
            "write a delay_loop that is at least the timeout, or a shorter timeout");
        diagnostics.Relate(found, service.Spans.DelayLoop, "delay_loop");

        void Consider<T>(List<T>? checkers, Func<T, SourceSpan> span) where T : ConnectCheckerBlock
        {
            foreach (T check in checkers ?? [])
                Note(check, check.ConnectTimeout, span(check));
        }

        void Note(CheckerBlock check, Duration timeout, SourceSpan span)
        {
            if (timeout <= check.DelayLoop || timeout <= longest)
                return;
            (slowest, longest, where) = (check, timeout, span);
        }
    }

    // In strict mode the packet filter drops what IPVS should get.
    private static void CheckAccept(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<IpAddress, VrrpInstanceBlock> closed = [];
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            if (instance.AcceptMode)
                continue;
            foreach (VirtualAddress address in instance.VirtualAddresses.Concat(instance.ExcludedAddresses))
                closed.TryAdd(address.Address.Address, instance);
        }
        if (closed.Count == 0)
            return;
        foreach (VirtualServerBlock service in configuration.VirtualServers)
        {
            if (service.Address.Address is not { } at || !closed.TryGetValue(at.Address, out VrrpInstanceBlock? instance))
                continue;
            Diagnostic found = diagnostics.Report(
                DiagnosticCatalogue.ServiceNotAccepted, service.Spans.Block,
                $"virtual server {service.DisplayName}: {instance.Name} does not accept packets to {at.Address}",
                instance.Version == 2 ? "write 'version 3' and 'accept' in the instance, or leave strict mode out" : "write 'accept' in the instance");
            diagnostics.Relate(
                found, instance.Spans.AcceptMode.IsGiven ? instance.Spans.AcceptMode : instance.Spans.Block, $"{instance.Name} here");
        }
    }
}
