using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What may follow <c>use_vmac</c>, in any order.</summary>
[LineBlock]
public sealed partial class UseVmac
{
    /// <summary>The name of the interface that is made.</summary>
    [Positional("iface", Anywhere = true, Default = "<vmac_prefix>.<vrid>"), InterfaceName]
    public string? Interface { get; private set; }

    /// <summary>The name of the interface that is made, for names that would be taken for an option.</summary>
    [Keyword("name", Default = "-", FirstWins = true), InterfaceName]
    public string? NamedInterface { get; private set; }

    /// <summary>The MAC address of the interface; of five octets, with the virtual router ID as the sixth.</summary>
    [Positional("MAC", Anywhere = true, Default = "that of the virtual router (RFC 9568, 7.3)")]
    public VmacAddress Mac { get; private set; }

    /// <summary>Have the kernel report the interface below once more after the VMAC was made, for programs that confuse the two.</summary>
    [Sets("netlink_notify_msg", Since = "2.3.0")]
    public bool NetlinkNotify { get; private set; }

    /// <summary>The group of the interface that is made, by number or name.</summary>
    [Keyword("group", Default = "parent's group")]
    public InterfaceGroup? Group { get; private set; }

    /// <summary>The name that is given, one way or the other; null when it is left to the program.</summary>
    public string? GivenName => NamedInterface ?? Interface;

    /// <summary>Another instance has that name.</summary>
    internal void DropName() => Interface = NamedInterface = null;

    /// <summary>It may not have one of its own.</summary>
    internal void DropMac() => Mac = default;

    private partial bool TakeOther(Parser parser)
    {
        if (!parser.NextText.Contains((byte)':'))
            return OwnInterface.TryTakeName(parser, "VMAC", GivenName, name => Interface = name);
        parser.TryTake(out Word word);
        string? fault = null;
        if (!VmacAddress.TryParse(word.Text, out VmacAddress mac))
            fault = $"'{word}' is no MAC address - ignoring";
        else if (mac.IsMulticast)
            fault = $"VMAC MAC address is multicast {word} - ignoring";
        else if (mac.IsVrrp)
            fault = $"VMAC MAC address not allowed to be RFC5798 address ({word}) - ignoring";
        if (fault is null)
            Mac = mac;
        else
            parser.Diagnostics.Report(DiagnosticCatalogue.InvalidMac, word.Span, fault, "leave it out for the address that the standard demands");
        return true;
    }

    // Behind another name: the other way round the word would have been refused when it was read.
    partial void OnRead(Parser parser)
    {
        if (Interface is null || NamedInterface is null)
            return;
        OwnInterface.ReportSecondName(parser, "VMAC", NamedInterface, _spans.NamedInterface);
        NamedInterface = null;
    }
}
