using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>The protocol of a service, by its number (RFC 5237); 0 is none, as for a firewall mark.</summary>
public readonly record struct ServiceProtocol(byte Number) : IConfigArguments<ServiceProtocol>
{
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Sctp = 132;

    static string IConfigArguments<ServiceProtocol>.Expects => "TCP|UDP|SCTP";

    static bool IConfigArguments<ServiceProtocol>.TryRead(Parser parser, out ServiceProtocol value)
    {
        value = default;
        if (!parser.TryString(null, out string word))
            return false;
        value = new ServiceProtocol(word.ToUpperInvariant() switch { "TCP" => Tcp, "UDP" => Udp, "SCTP" => Sctp, _ => 0 });
        return value.Number != 0 || parser.Reject(DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes TCP, UDP or SCTP, not '{word}'");
    }

    string IConfigArguments<ServiceProtocol>.Format(bool showsSecrets) => ToString().ToUpperInvariant();

    public override string ToString() => Number switch { Tcp => "tcp", Udp => "udp", Sctp => "sctp", _ => "none" };
}
