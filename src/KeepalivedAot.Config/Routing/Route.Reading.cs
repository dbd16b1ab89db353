using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

public abstract partial class Route
{
    private SourceSpan _typeSpan;
    private SourceSpan _destinationSpan;

    /// <summary>IPv4 or IPv6: that of the destination.</summary>
    public AddressFamily Family { get; private set; } = AddressFamily.IPv4;

    /// <summary>Where the route leads; 0.0.0.0/0 or ::/0 is the default route.</summary>
    public IpPrefix Destination => To.Prefix;

    /// <summary>Where the route is put among those for the same destination.</summary>
    public RouteInsertion Insertion => Add ? RouteInsertion.Add : Append ? RouteInsertion.Append : RouteInsertion.Prepend;

    // A word that is no option: the destination, perhaps with the type in front of it.
    internal bool TakeDestination(Parser parser)
    {
        ReadOnlySpan<byte> text = parser.NextText;
        if (RouteKind.TryParse(text, out RouteKind type) && !LooksLikeAddress(text))
        {
            parser.TryTake(out Word word);
            _typeSpan = word.Span;
            Type = type;
            if (!parser.HasNext)
                return true;
            text = parser.NextText;
        }
        if (!LooksLikeAddress(text) && !IsWordForAll(text))
        {
            parser.DropLine();
            // Said as that of an unknown option, unless it stands behind a type.
            if (!_typeSpan.IsGiven || parser.NextSpan.Position < _typeSpan.Position)
                return false;
            parser.TryPrefix(AddressFamily.None, out _);
            return true;
        }
        if (parser.TryArguments(out PrefixOrAny destination))
            SetDestination(parser, destination, parser.ValueSpan);
        return true;
    }

    private void SetDestination(Parser parser, PrefixOrAny destination, SourceSpan span)
    {
        if (_destinationSpan.IsGiven)
        {
            Diagnostic again = parser.Diagnostics.Report(
                DiagnosticCatalogue.Repeated, span, $"a second destination, {destination}; the last one counts");
            parser.Diagnostics.Relate(again, _destinationSpan, "given before here");
        }
        To = destination;
        _destinationSpan = span;
    }

    private static bool LooksLikeAddress(ReadOnlySpan<byte> text) => text.ContainsAny((byte)'.', (byte)':', (byte)'/');

    private static bool IsWordForAll(ReadOnlySpan<byte> text)
        => text.SequenceEqual("default"u8) || text.SequenceEqual("any"u8) || text.SequenceEqual("all"u8) || text.SequenceEqual("default6"u8);

    /// <summary>The line has been read: words that say the same in another way are put into the one form.</summary>
    internal void Finish(Parser parser)
    {
        if (Towards is PrefixOrAny towards)
        {
            SetDestination(parser, towards, SpanOf(nameof(Towards)));
            Towards = null;
        }
        As = null;
        if (!parser.IsLineUsable)
            return;
        if (!To.IsGiven)
        {
            parser.Diagnostics.Report(DiagnosticCatalogue.RouteWithoutDestination, parser.LineSpan, "Route must have a destination", "write the prefix first, or 'default'");
            parser.DropLine();
            return;
        }
        ChooseFamily(parser);
        To = To.In(Family);
        if (From is PrefixOrAny from)
            From = from.In(AddressFamily.IPv6);
        Inet = null;
        Inet6 = null;
        ChooseInsertion(parser.Diagnostics);
        CombineGateways();
        CheckFamilies(parser);
    }

    // The last of add, prepend and append counts.
    private void ChooseInsertion(DiagnosticBag diagnostics)
    {
        int add = PositionOf(nameof(Add));
        int prepend = PositionOf(nameof(Prepend));
        int append = PositionOf(nameof(Append));
        int last = Math.Max(add, Math.Max(prepend, append));
        if ((add > 0 ? 1 : 0) + (prepend > 0 ? 1 : 0) + (append > 0 ? 1 : 0) < 2)
            return;
        Add = add == last;
        Prepend = prepend == last;
        Append = append == last;
        string which = Add ? nameof(Add) : Prepend ? nameof(Prepend) : nameof(Append);
        diagnostics.Report(DiagnosticCatalogue.InsertionReplaced, SpanOf(which), "only one of 'add', 'prepend' and 'append' can hold; the last one counts");
    }

    private int PositionOf(string setting) => SpanOf(setting).Position;

    // "via A or B" is two ways of equal weight.
    private void CombineGateways()
    {
        if (SecondGateway.IsNone)
            return;
        List<Nexthop> ways = [];
        if (Gateway is Gateway first)
            ways.Add(new Nexthop { Gateway = first, Device = Device });
        ways.Add(new Nexthop { Gateway = new Gateway(SecondGateway), Device = Device });
        if (Nexthops is not null)
            ways.AddRange(Nexthops.Ways);
        Nexthops = new Nexthops(ways);
        Gateway = null;
        SecondGateway = default;
    }
}
