using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>What follows <c>encap</c>: exactly one of the four.</summary>
public sealed record RouteEncapsulation : IConfigArguments<RouteEncapsulation>
{
    public IpEncapsulation? Ip { get; private init; }
    public Ip6Encapsulation? Ip6 { get; private init; }
    public MplsEncapsulation? Mpls { get; private init; }
    public IlaEncapsulation? Ila { get; private init; }

    static string IConfigArguments<RouteEncapsulation>.Expects => "ip|ip6|mpls|ila ...";

    static bool IConfigArguments<RouteEncapsulation>.TryRead(Parser parser, out RouteEncapsulation value)
    {
        value = null!;
        if (!parser.TryTake(out Word kind))
            return false;
        int option = parser.EnterOptions();
        RouteEncapsulation? read = kind.Text switch
        {
            _ when kind.Text.SequenceEqual("ip"u8) => ReadIp(parser, kind.Span),
            _ when kind.Text.SequenceEqual("ip6"u8) => ReadIp6(parser, kind.Span),
            _ when kind.Text.SequenceEqual("mpls"u8) => ReadMpls(parser),
            _ when kind.Text.SequenceEqual("ila"u8) => ReadIla(parser),
            _ => RejectKind(parser, kind),
        };
        parser.LeaveOptions(option);
        if (read is null)
            return false;
        value = read;
        return true;
    }

    /// <summary>Puts numbers for names.</summary>
    internal bool Check(NameResolver names)
    {
        bool isUsable = true;
        if (Ip?.TypeOfService is NamedNumber<TrafficClassKind> tos)
        {
            isUsable = names.Resolve(tos, Ip.Spans.TypeOfService, "TOS value", out tos);
            Ip.TypeOfService = tos;
        }
        if (Ip6?.TrafficClass is NamedNumber<TrafficClassKind> trafficClass)
        {
            isUsable = names.Resolve(trafficClass, Ip6.Spans.TrafficClass, "Traffic class", out trafficClass);
            Ip6.TrafficClass = trafficClass;
        }
        return isUsable;
    }

    private static RouteEncapsulation? ReadIp(Parser parser, SourceSpan kind)
    {
        IpEncapsulation ip = new();
        ip.Read(parser);
        return ip.IsComplete ? new RouteEncapsulation { Ip = ip } : RejectIncomplete(parser, kind, "ip");
    }

    private static RouteEncapsulation? ReadIp6(Parser parser, SourceSpan kind)
    {
        Ip6Encapsulation ip6 = new();
        ip6.Read(parser);
        return ip6.IsComplete ? new RouteEncapsulation { Ip6 = ip6 } : RejectIncomplete(parser, kind, "ip6");
    }

    private static RouteEncapsulation? ReadMpls(Parser parser)
    {
        MplsEncapsulation mpls = new();
        mpls.Read(parser);
        return mpls.Spans.Labels.IsGiven ? new RouteEncapsulation { Mpls = mpls } : Drop(parser);
    }

    private static RouteEncapsulation? ReadIla(Parser parser)
    {
        IlaEncapsulation ila = new();
        ila.Read(parser);
        return ila.Spans.Locator.IsGiven ? new RouteEncapsulation { Ila = ila } : Drop(parser);
    }

    private static RouteEncapsulation? RejectKind(Parser parser, Word kind)
    {
        parser.Diagnostics.Report(
            DiagnosticCatalogue.EncapsulationInvalid, kind.Span, $"Unknown encap type - {kind}", "write ip, ip6, mpls or ila");
        // keepalived uses the route without it.
        return null;
    }

    private static RouteEncapsulation? RejectIncomplete(Parser parser, SourceSpan span, string kind)
    {
        parser.Diagnostics.Report(
            DiagnosticCatalogue.EncapsulationInvalid, span, $"address or id missing for {kind} encapsulation", "add 'dst ADDRESS' or 'id NUMBER'");
        return Drop(parser);
    }

    private static RouteEncapsulation? Drop(Parser parser)
    {
        parser.DropLine();
        return null;
    }

    string IConfigArguments<RouteEncapsulation>.Format(bool showsSecrets)
    {
        if (Ip is not null)
            return "ip " + TextConfigWriter.Words(showsSecrets, Ip.Write);
        if (Ip6 is not null)
            return "ip6 " + TextConfigWriter.Words(showsSecrets, Ip6.Write);
        return Mpls is not null ? $"mpls {Mpls.Labels}" : $"ila {Ila!.Locator}";
    }
}
