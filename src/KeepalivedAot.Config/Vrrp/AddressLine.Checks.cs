using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Names;

namespace KeepalivedAot.Config.Vrrp;

public abstract partial class AddressLine
{
    private const byte LongestPrefixWithBroadcast = 30;

    private bool IsIPv6 => Address.Address.Family == AddressFamily.IPv6;

    /// <summary>The line has been read: options that the address cannot have are taken away, or the line is dropped.</summary>
    internal void Finish(Parser parser)
    {
        if (!parser.IsLineUsable)
            return;
        HasPrefixLength = parser.TextAt(SpanOf(nameof(Address))).Contains((byte)'/');
        if (parser.TimesOnLine("dev"u8) > 1 && Label != "dev")
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.AddressDropped, SpanOf(nameof(Device)), $"Cannot specify ipaddress device more than once for {Address}");
            parser.DropLine();
            return;
        }
        if (IsIPv6)
            CheckIPv6(parser);
        if (parser.IsLineUsable)
            CheckPeer(parser);
        if (!parser.IsLineUsable)
            return;
        if (Broadcast.Kind is BroadcastKind.HostBitsSet or BroadcastKind.HostBitsClear && Address.Length > LongestPrefixWithBroadcast)
        {
            Ignore(parser, nameof(Broadcast), $"Address prefix length {Address.Length} too long for broadcast");
            Broadcast = default;
            Forget(nameof(Broadcast));
        }
    }

    /// <summary>Puts the number for the name of the scope; an unknown one is global.</summary>
    internal void Check(NameResolver names)
    {
        names.Judge(Scope.Resolve(names.Tables, out AddressScope scope), SpanOf(nameof(Scope)), Scope.Name, "Scope");
        Scope = scope;
    }

    private void CheckIPv6(Parser parser)
    {
        if (SpanOf(nameof(Scope)).IsGiven)
        {
            Ignore(parser, nameof(Scope), $"Cannot specify scope for IPv6 addresses ({Address.Address}) - ignoring scope");
            Scope = default;
            Forget(nameof(Scope));
        }
        if (Label is not null)
        {
            Ignore(parser, nameof(Label), $"Cannot specify label for IPv6 addresses ({Address.Address}) - ignoring label");
            Label = null;
        }
        if (Broadcast.Kind == BroadcastKind.None)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.AddressDropped, SpanOf(nameof(Broadcast)), $"an IPv6 address, such as {Address.Address}, has no broadcast address",
            "leave it out");
        parser.DropLine();
    }

    private void CheckPeer(Parser parser)
    {
        if (Peer.Address.IsNone)
            return;
        if (Peer.Address.Family != Address.Address.Family)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.AddressDropped, SpanOf(nameof(Peer)), $"Peer address {Peer.Address} does not match address family");
            parser.DropLine();
            return;
        }
        if (Address.Length != Address.Address.HostPrefixLength)
        {
            Ignore(parser, nameof(Address), "Cannot specify address prefix when specifying peer address - ignoring", "put the prefix length behind the peer");
            Address = new IpPrefix(Address.Address, (byte)Address.Address.HostPrefixLength);
        }
        if (Broadcast.Kind == BroadcastKind.None)
            return;
        Ignore(parser, nameof(Broadcast), "Cannot specify broadcast and peer addresses - ignoring broadcast address");
        Broadcast = default;
        Forget(nameof(Broadcast));
    }

    private void Ignore(Parser parser, string setting, string message, string? suggestion = "leave it out")
        => parser.Diagnostics.Report(DiagnosticCatalogue.AddressOptionIgnored, SpanOf(setting), message, suggestion);
}
