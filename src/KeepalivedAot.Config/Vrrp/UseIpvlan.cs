using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What may follow <c>use_ipvlan</c>, in any order.</summary>
[LineBlock]
public sealed partial class UseIpvlan
{
    /// <summary>The name of the interface that is made.</summary>
    [Positional("iface", Anywhere = true, Default = "<vmac_prefix>.<vrid>"), InterfaceName]
    public string? Interface { get; private set; }

    /// <summary>The name of the interface that is made, for names that would be taken for an option.</summary>
    [Keyword("name", Default = "-", FirstWins = true), InterfaceName]
    public string? NamedInterface { get; private set; }

    /// <summary>The address of the interface and the source of advertisements. IPv4 instances need one.</summary>
    [Positional("address", Anywhere = true, Default = "none")]
    public IpPrefix Address { get; private set; }

    /// <summary>ipvlan interfaces of one parent reach each other directly. This is the default.</summary>
    [Sets("bridge", Since = "2.0.17", Default = "on")]
    public bool Bridge { get; private set; }

    /// <summary>ipvlan interfaces of one parent do not reach each other.</summary>
    [Sets("private", Since = "2.0.17")]
    public bool Private { get; private set; }

    /// <summary>ipvlan interfaces of one parent reach each other only through the switch outside.</summary>
    [Sets("vepa", Since = "2.0.17")]
    public bool Vepa { get; private set; }

    /// <summary>The group of the interface that is made, by number or name.</summary>
    [Keyword("group", Default = "parent's group")]
    public InterfaceGroup? Group { get; private set; }

    /// <summary>The name that is given, one way or the other; null when it is left to the program.</summary>
    public string? GivenName => NamedInterface ?? Interface;

    /// <summary>Another instance has that name.</summary>
    internal void DropName() => Interface = NamedInterface = null;

    /// <summary>It is not of the instance's family.</summary>
    internal void DropAddress() => Address = default;

    private partial bool TakeOther(Parser parser)
    {
        ReadOnlySpan<byte> text = parser.NextText;
        int slash = text.IndexOf((byte)'/');
        if (!ConfigAddress.TryParse(slash < 0 ? text : text[..slash], out _))
            return OwnInterface.TryTakeName(parser, "IPVLAN", GivenName, name => Interface = name);
        if (parser.TryPrefix(AddressFamily.None, out IpPrefix address))
            Address = address;
        return true;
    }

    // The mode that is written last counts, and of two names the first.
    partial void OnRead(Parser parser)
    {
        if (Interface is not null && NamedInterface is not null)
        {
            OwnInterface.ReportSecondName(parser, "IPVLAN", NamedInterface, _spans.NamedInterface);
            NamedInterface = null;
        }
        SourceSpan last = _spans.Bridge;
        if (_spans.Private.Position > last.Position)
            last = _spans.Private;
        if (_spans.Vepa.Position > last.Position)
            last = _spans.Vepa;
        Bridge &= last == _spans.Bridge;
        Private &= last == _spans.Private;
        Vepa &= last == _spans.Vepa;
    }
}
