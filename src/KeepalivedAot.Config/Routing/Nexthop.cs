using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Encapsulation;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>One of several ways of a route: what follows <c>nexthop</c>.</summary>
[LineBlock(TakesOthers = true, DemandsValues = true)]
public sealed partial class Nexthop
{
    /// <summary>The gateway: the address of the next router.</summary>
    [Keyword("via", Since = "1.2.24", Default = "none")]
    public Gateway? Gateway { get; internal set; }

    /// <summary>The interface that packets leave by.</summary>
    [Keyword("dev", Since = "1.2.24", Default = "none"), InterfaceName]
    public string? Device { get; internal set; }

    /// <summary>The share of the traffic that goes this way, compared with the weights of the others.</summary>
    [Keyword("weight", Since = "1.2.24"), Range(1, 256), Strict]
    public ushort Weight { get; private set; } = 1;

    /// <summary>The gateway can be reached directly although no route says so; IPv4 only.</summary>
    [Sets("onlink", Since = "1.2.24")]
    public bool OnLink { get; private set; }

    /// <summary>How packets that go this way are encapsulated: ip, ip6, mpls or ila, and their options.</summary>
    [Keyword("encap", Since = "1.2.24", Default = "none", SurvivesRejection = true)]
    [Form("ip", typeof(IpEncapsulation)), Form("ip6", typeof(Ip6Encapsulation)), Form("mpls", typeof(MplsEncapsulation)), Form("ila", typeof(IlaEncapsulation))]
    public RouteEncapsulation? Encapsulation { get; private set; }

    /// <summary>Realms for the classification of traffic; IPv4 only.</summary>
    [Keyword("realms", Since = "1.2.24", Default = "none")]
    public Realms? Realms { get; internal set; }

    /// <summary>Not supported; it is reported, and the whole nexthop is left out.</summary>
    [Keyword("as", Since = "1.2.24"), NoEffect(SaysItself = true)]
    public Unsupported? As { get; private set; }

    /// <summary>Puts numbers for names.</summary>
    internal bool Check(NameResolver names)
    {
        bool isUsable = Encapsulation is null || Encapsulation.Check(names);
        if (Realms is Realms realms)
        {
            isUsable &= names.Resolve(realms, _spans.Realms, out realms);
            Realms = realms;
        }
        return isUsable;
    }

    private partial bool TakeOther(Parser parser)
    {
        if (!parser.NextText.SequenceEqual("nexthop"u8))
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.BehindNexthops, parser.NextSpan, "Route has trailing nonsense after nexthops",
                "put the options of the route in front of the first 'nexthop'");
            parser.TakeRest();
            return true;
        }
        return parser.EndOptions();
    }
}
