using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>How packets get to a real server: <c>NAT|DR|TUN [type ipip|gue|gre] [port N] [nocsum|csum|remcsum]</c>.</summary>
[LineBlock(TakesOthers = true, FormatsItself = true)]
public sealed partial class ForwardingMethod
{
    private bool _isGiven;

    public ForwardingKind Kind { get; private set; }

    /// <summary>The kind of tunnel: ipip, gue or gre.</summary>
    [Keyword("type", Since = "2.0.18", Default = "ipip")]
    public TunnelType Type { get; private set; }

    /// <summary>The UDP port of a gue tunnel, which needs one.</summary>
    [Keyword("port", Since = "2.0.18", Default = "-"), Range(1, 65535), Strict]
    public ushort Port { get; private set; }

    /// <summary>Send tunnel packets without a checksum. This is the default.</summary>
    [Sets("nocsum", Since = "2.0.18", Default = "on")]
    public bool NoChecksum { get; private set; }

    /// <summary>Send tunnel packets with a checksum; gue and gre only.</summary>
    [Sets("csum", Since = "2.0.18")]
    public bool Checksum { get; private set; }

    /// <summary>Use remote checksum offload; gue only.</summary>
    [Sets("remcsum", Since = "2.0.18")]
    public bool RemoteChecksum { get; private set; }

    public static ForwardingMethod Nat { get; } = new();

    internal partial string Format(bool showsSecrets)
    {
        string text = Kind switch { ForwardingKind.Nat => "NAT", ForwardingKind.DirectRoute => "DR", _ => "TUN" };
        if (Kind != ForwardingKind.Tunnel)
            return text;
        text += Type switch { TunnelType.Gue => " type gue", TunnelType.Gre => " type gre", _ => Spans.Type.IsGiven ? " type ipip" : "" };
        if (Port != 0)
            text += string.Create(CultureInfo.InvariantCulture, $" port {Port}");
        return text + (NoChecksum ? " nocsum" : "") + (Checksum ? " csum" : "") + (RemoteChecksum ? " remcsum" : "");
    }

    private partial bool TakeOther(Parser parser)
    {
        if (_isGiven)
            return false;
        _isGiven = true;
        ReadOnlySpan<byte> word = parser.NextText;
        if (word.SequenceEqual("NAT"u8))
            Kind = ForwardingKind.Nat;
        else if (word.SequenceEqual("DR"u8))
            Kind = ForwardingKind.DirectRoute;
        else if (word.SequenceEqual("TUN"u8))
            Kind = ForwardingKind.Tunnel;
        else
        {
            parser.TryTake(out Text.Word other);
            parser.Reject(DiagnosticCatalogue.InvalidWord, $"'{other}' is no way to forward packets", "write NAT, DR or TUN");
        }
        return true;
    }

    partial void OnRead(Parser parser)
    {
        if (!parser.IsLineUsable)
            return;
        bool hasOptions = Spans.Type.IsGiven || Spans.Port.IsGiven || NoChecksum || Checksum || RemoteChecksum;
        if (!_isGiven && !hasOptions)
            parser.TryTake(out _);
        else if (!_isGiven)
            Refuse(parser, "it lacks NAT, DR or TUN");
        else if (Type == TunnelType.Gue && Port == 0)
            Refuse(parser, "a gue tunnel needs a port");
        else if (Type != TunnelType.Gue && Port != 0)
            Refuse(parser, "only a gue tunnel has a port");
        else if ((Checksum && Type == TunnelType.Ipip) || (RemoteChecksum && Type != TunnelType.Gue))
            Refuse(parser, "this kind of tunnel has no such checksum");
        else if (Kind != ForwardingKind.Tunnel && hasOptions)
            parser.Diagnostics.Report(DiagnosticCatalogue.ServiceSettingUnused, parser.LineSpan, "only TUN has options", "leave them out");
    }

    private static void Refuse(Parser parser, string problem)
    {
        parser.Diagnostics.Report(DiagnosticCatalogue.InvalidMethod, parser.LineSpan, $"the way to forward packets is wrong: {problem}");
        parser.DropLine();
    }
}
