using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>What a <c>vrrp_instance</c> says by itself.</summary>
internal static class InstanceLints
{
    private const byte ExampleVrid = 51;

    private static ReadOnlySpan<byte> ExamplePassword => "1111"u8;

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        NameExamples(configuration, diagnostics);
        NameStrict(configuration, diagnostics);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            CheckDefaultPriority(instance, diagnostics);
            CheckSource(instance, diagnostics);
            CheckPeers(instance, diagnostics);
        }
    }

    // Once for a file: who has taken them knows it after the first one.
    private static void NameExamples(Configuration configuration, DiagnosticBag diagnostics)
    {
        VrrpInstanceBlock? password = configuration.VrrpInstances.Find(
            static i => i.AuthenticationType != AuthenticationType.None && ExamplePassword.SequenceEqual(i.Authentication!.Password));
        if (password is not null)
        {
            diagnostics.Report(
                DiagnosticCatalogue.WellKnownPassword, password.Authentication!.Spans.Password, $"({password.Name}) auth_pass is the one of the examples",
                "choose another one of up to 8 characters, the same on all routers");
        }
        VrrpInstanceBlock? vrid = configuration.VrrpInstances.Find(static i => i.VirtualRouterId == ExampleVrid);
        if (vrid is not null)
        {
            diagnostics.Report(
                DiagnosticCatalogue.WellKnownVrid, vrid.Spans.VirtualRouterId, $"({vrid.Name}) virtual_router_id {ExampleVrid} is the one of the examples",
                "choose another one from 1 to 255 if others run VRRP on this network, the same on all routers");
        }
    }

    private static void CheckDefaultPriority(VrrpInstanceBlock instance, DiagnosticBag diagnostics)
    {
        if (instance.Spans.State.IsGiven && instance.State == ConfiguredState.Master && !instance.Spans.Priority.IsGiven
            && !instance.Spans.HasMistake(nameof(instance.Priority)))
        {
            diagnostics.Report(
                DiagnosticCatalogue.MasterWithoutPriority, instance.Spans.State, $"({instance.Name}) state MASTER without a priority makes it 255",
                "add 'priority 150', or 'priority 255' if the addresses are this router's own");
        }
    }

    private static void CheckSource(VrrpInstanceBlock instance, DiagnosticBag diagnostics)
    {
        if (instance.Source.IsNone)
        {
            if (instance.UnicastPeers.Count > 0 && !instance.Spans.HasMistake(nameof(instance.UnicastSource)))
            {
                diagnostics.Report(
                    DiagnosticCatalogue.UnicastWithoutSource, instance.Spans.UnicastPeers, $"({instance.Name}) unicast_peer without unicast_src_ip",
                    "add 'unicast_src_ip ADDRESS', the one that the peers list");
            }
            return;
        }
        // The addresses of an owner do not move.
        if (instance.Priority == byte.MaxValue || FindAddress(instance, instance.Source) is not VirtualAddress own)
            return;
        Diagnostic found = diagnostics.Report(
            DiagnosticCatalogue.SourceMoves, SourceSpan(instance), $"({instance.Name}) the source {instance.Source} is a virtual address of the instance",
            "write an address that is always this router's");
        diagnostics.Relate(found, own.Spans.Address, "the virtual address");
    }

    private static SourceSpan SourceSpan(VrrpInstanceBlock instance)
        => instance.Source == instance.UnicastSource ? instance.Spans.UnicastSource : instance.Spans.MulticastSource;

    private static void CheckPeers(VrrpInstanceBlock instance, DiagnosticBag diagnostics)
    {
        if (instance.UnicastPeers.Count == 0)
            return;
        Dictionary<IpAddress, VirtualAddress> addresses = [];
        foreach (VirtualAddress address in instance.VirtualAddresses.Concat(instance.ExcludedAddresses))
            addresses.TryAdd(address.Address.Address, address);
        foreach (UnicastPeer peer in instance.UnicastPeers)
        {
            if (peer.Address == instance.Source)
            {
                Diagnostic self = diagnostics.Report(
                    DiagnosticCatalogue.PeerIsSelf, peer.Spans.Address, $"({instance.Name}) peer {peer.Address} is this router's own source",
                    "list the other routers only");
                diagnostics.Relate(self, SourceSpan(instance), "the source");
            }
            else if (addresses.TryGetValue(peer.Address, out VirtualAddress? own))
            {
                Diagnostic self = diagnostics.Report(
                    DiagnosticCatalogue.PeerIsSelf, peer.Spans.Address, $"({instance.Name}) peer {peer.Address} is a virtual address of the instance",
                    "list the routers by addresses that do not move");
                diagnostics.Relate(self, own.Spans.Address, "the virtual address");
            }
        }
    }

    private static VirtualAddress? FindAddress(VrrpInstanceBlock instance, IpAddress address)
        => instance.VirtualAddresses.Find(a => a.Address.Address == address) ?? instance.ExcludedAddresses.Find(a => a.Address.Address == address);

    // What is written is written on purpose; only the silent default surprises.
    private static void NameStrict(Configuration configuration, DiagnosticBag diagnostics)
    {
        List<VrrpInstanceBlock> silent = configuration.VrrpInstances.FindAll(
            static i => i.StrictMode && !i.AcceptMode && !i.Spans.AcceptMode.IsGiven && i.VirtualAddresses.Count > 0);
        if (silent.Count == 0)
            return;
        VrrpInstanceBlock first = silent[0];
        string who = silent.Count == 1 ? $"({first.Name})" : $"({first.Name} and {silent.Count - 1} more)";
        SourceSpan where = first.Spans.StrictMode.IsGiven ? first.Spans.StrictMode : configuration.GlobalDefs.Spans.Strict;
        diagnostics.Report(
            DiagnosticCatalogue.StrictNotAccepting, where, $"{who} strict mode without 'accept': the virtual addresses are not to answer", HowToAccept(first));
    }

    private static string HowToAccept(VrrpInstanceBlock instance)
        => (instance.Version == 2 ? "add 'version 3' and 'accept' to the instance, or leave strict mode out" : "add 'accept' to the instance")
            + "; 'no_accept' says that it is meant";
}
