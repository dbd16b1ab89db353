using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>Judges packets as a router does: by what they say of themselves, or by the instances of a configuration, with their keys.</summary>
internal sealed class VrrpJudge
{
    private readonly record struct Candidate(VrrpParameters Parameters, VrrpAuthenticator Authenticator);

    private readonly List<Candidate> _candidates = [];
    private readonly bool _hasConfiguration;

    /// <summary>By what packets say of themselves.</summary>
    public VrrpJudge()
    {
    }

    /// <param name="instances">Their keys are copied, and may be wiped.</param>
    public VrrpJudge(IEnumerable<VrrpInstanceBlock> instances)
    {
        _hasConfiguration = true;
        foreach (VrrpInstanceBlock block in instances)
        {
            VrrpParameters parameters = ParameterMapping.ToParameters(block);
            VrrpAuthenticator authenticator = new();
            authenticator.Adopt(parameters);
            parameters.WipeSecrets();
            _candidates.Add(new Candidate(parameters, authenticator));
        }
    }

    /// <param name="now">When the packet was received: what authentication counts on.</param>
    public Judgement Judge(scoped in VrrpDatagram datagram, scoped VrrpAnatomy anatomy, AddressFamily family, UnixTime now)
    {
        Judgement best = default;
        bool isFound = false;
        foreach (Candidate candidate in _candidates)
        {
            if (candidate.Parameters.Vrid.Value != anatomy.Vrid || candidate.Parameters.Family != family)
                continue;
            Judgement judgement = Judge(candidate, datagram, anatomy, now);
            // Faults are in the order of the checks: the one that it got furthest with is meant.
            if (!isFound || judgement.Fault == VrrpFault.None || (best.Fault != VrrpFault.None && judgement.Fault > best.Fault))
                best = judgement;
            isFound = true;
        }
        if (isFound)
            return best;
        VrrpFault fault = VrrpVerdict.Of(datagram, anatomy, family, out PacketMismatch mismatch);
        string[] remarks = _hasConfiguration ? [$"the configuration has no instance with VRID {anatomy.Vrid} for {FamilyName(family)}"] : [];
        return new Judgement(fault, mismatch, null, remarks, IsVerified: false);
    }

    internal static string FamilyName(AddressFamily family) => family == AddressFamily.IPv6 ? "IPv6" : "IPv4";

    private static Judgement Judge(Candidate candidate, scoped in VrrpDatagram datagram, scoped VrrpAnatomy anatomy, UnixTime now)
    {
        VrrpParameters expected = candidate.Parameters;
        VrrpFault fault = VrrpPacket.TryParse(datagram, expected, candidate.Authenticator, now, out VrrpPacket packet, out PacketMismatch mismatch);
        if (fault != VrrpFault.None)
            return new Judgement(fault, mismatch, expected.Name, [], IsVerified: false);
        List<string> remarks = [];
        if (packet.Version == VrrpVersion.V3 && packet.Interval != expected.AdvertisementInterval)
            remarks.Add($"the interval is not the configured one, {SightingText.Interval(expected.AdvertisementInterval)}; a backup takes the master's");
        if (mismatch.OldChecksum)
            remarks.Add("the checksum is the one of keepalived before 1.3.6 (old_unicast_checksum)");
        if (mismatch.LacksTrailer)
            remarks.Add("there is no auth_hmac trailer, which the mode allows");
        if (packet.AddressCount != expected.VirtualAddresses.Length)
            remarks.Add($"it lists {packet.AddressCount} addresses, and the configuration {expected.VirtualAddresses.Length}");
        for (int i = 0; i < expected.VirtualAddresses.Length; i++)
        {
            if (!packet.Lists(expected.VirtualAddresses[i], i))
            {
                remarks.Add($"it does not list {expected.VirtualAddresses[i]}");
                break;
            }
        }
        return new Judgement(VrrpFault.None, mismatch, expected.Name, [.. remarks],
            IsVerified: candidate.Authenticator.UsesHeader || (candidate.Authenticator.UsesTrailer && anatomy.HasTrailer));
    }
}
