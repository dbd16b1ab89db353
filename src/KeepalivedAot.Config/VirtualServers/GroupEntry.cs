using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>One line of a virtual_server_group: addresses from one to another with a port, or a firewall mark.</summary>
[LineBlock(FormatsItself = true, DemandsValues = true)]
public sealed partial class GroupEntry
{
    /// <summary>An address or a range of them (192.0.2.1-20, 192.0.2.1-192.0.2.20, 192.0.2.0/28), and a port.</summary>
    [Positional("address", Anywhere = true, Default = "port 0")]
    public AddressRange? Range { get; private set; }

    /// <summary>The firewall mark of packets that belong to the service, and perhaps their family.</summary>
    [Keyword("fwmark", Default = "family from servers", Arguments = "uint 0..4294967295 [inet|inet6]")]
    public MarkEntry? Mark { get; private set; }

    /// <summary>Where it was written.</summary>
    internal SourceSpan Place => Mark is null ? _spans.Line : _spans.Mark;

    internal partial string Format(bool showsSecrets)
        => Mark is MarkEntry mark ? "fwmark " + mark : Range?.ToString() ?? "";

    private partial bool TakeOther(Parser parser)
    {
        if (Range is not null || Mark is not null)
            return parser.EndOptions();
        if (parser.TryArguments(out AddressRange range))
            Range = range;
        return true;
    }

    // A line with a mistake holds nothing.
    partial void OnRead(Parser parser)
    {
        if (Range is null && Mark is null)
            parser.DropLine();
    }
}

/// <summary>A firewall mark and its family: <c>uint [inet|inet6]</c>.</summary>
/// <param name="Family">None: that of the real servers.</param>
public readonly record struct MarkEntry(uint Mark, AddressFamily Family) : IConfigArguments<MarkEntry>
{
    static string IConfigArguments<MarkEntry>.Expects => "uint 0..4294967295 [inet|inet6]";

    static bool IConfigArguments<MarkEntry>.TryRead(Parser parser, out MarkEntry value)
    {
        value = default;
        if (!parser.TryInteger(0, uint.MaxValue, false, out long mark))
            return false;
        AddressFamily family = parser.Takes("inet"u8) ? AddressFamily.IPv4 : parser.Takes("inet6"u8) ? AddressFamily.IPv6 : AddressFamily.None;
        if (family == AddressFamily.None && parser.HasNext && parser.TryTake(out Word word))
            return parser.Reject(DiagnosticCatalogue.UnknownOption, $"'{word}' is no address family", "write inet or inet6");
        value = new MarkEntry((uint)mark, family);
        return true;
    }

    string IConfigArguments<MarkEntry>.Format(bool showsSecrets) => ToString();

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Mark}{(Family == AddressFamily.IPv4 ? " inet" : Family == AddressFamily.IPv6 ? " inet6" : "")}");
}
