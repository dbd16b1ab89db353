using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>What clients ask: an address with a port, a firewall mark, or a group of them.</summary>
[LineBlock(FormatsItself = true, DemandsValues = true)]
public sealed partial class VirtualServerAddress
{
    /// <summary>The address and port of the service; without a port, or with 0, all ports.</summary>
    [Positional("address", Anywhere = true, Default = "port 0")]
    public ServerAddress? Address { get; private set; }

    /// <summary>The firewall mark of packets that belong to the service.</summary>
    [Keyword("fwmark"), Range(0, 4294967295)]
    public uint? Mark { get; private set; }

    /// <summary>The name of a virtual_server_group, which may be defined later in the file.</summary>
    [Keyword("group")]
    public string? Group { get; private set; }

    internal partial string Format(bool showsSecrets)
        => Mark is uint mark ? string.Create(CultureInfo.InvariantCulture, $"fwmark {mark}")
            : Group is not null ? "group " + ConfigWords.Quote(Group)
            : Address.ToString()!;

    private partial bool TakeOther(Parser parser)
    {
        if (Address is not null || Mark is not null || Group is not null)
            return parser.EndOptions();
        if (parser.TryArguments(out ServerAddress address))
            Address = address;
        return true;
    }

    partial void OnRead(Parser parser)
    {
        if (Address is not null || Mark is not null || Group is not null || !parser.IsLineUsable)
            return;
        // Nothing was there, or what was there has been reported.
        if (!parser.ValueSpan.IsGiven)
            parser.TryTake(out _);
        parser.DropLine();
    }
}
