using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The IPVS connection synchronisation daemon: an interface, the instance it follows, and its packets.</summary>
[LineBlock(TakesOthers = true)]
public sealed partial class LvsSyncDaemon
{
    private const long LargestId = 255;
    private int _others;

    /// <summary>The interface that connections are sent on.</summary>
    [Positional("iface"), InterfaceName]
    public string Interface { get; private set; } = "";

    /// <summary>The vrrp_instance that says whether to send or to receive; the word inst may be left out in second place.</summary>
    [Keyword("inst", Since = "2.1.0", Default = "none")]
    public string? Instance { get; private set; }

    /// <summary>Which daemons belong together.</summary>
    [Keyword("id", Since = "1.2.24", Default = "the instance's VRID, else 0"), Range(0, 255), Strict]
    public byte? Id { get; private set; }

    /// <summary>The largest datagram, in bytes. Needs Linux 4.3.</summary>
    [Keyword("maxlen", Since = "1.2.24", Default = "the kernel's"), Range(1, 65507), Strict]
    public ushort? MaxLength { get; private set; }

    /// <summary>The UDP port. Needs Linux 4.3.</summary>
    [Keyword("port", Since = "1.2.24", Default = "the kernel's, 8848"), Range(1, 65535), Strict]
    public ushort? Port { get; private set; }

    /// <summary>The TTL of its multicast datagrams. Needs Linux 4.3.</summary>
    [Keyword("ttl", Since = "1.2.24", Default = "the kernel's"), Range(1, 255), Strict]
    public byte? Ttl { get; private set; }

    /// <summary>The multicast group. Needs Linux 4.3.</summary>
    [Keyword("group", Since = "1.2.24", Default = "the kernel's, 224.0.0.81"), Multicast]
    public IpAddress Group { get; private set; }

    // The old form: interface, instance and id by their places.
    private partial bool TakeOther(Parser parser)
    {
        switch (_others++)
        {
            case 0 when Instance is null:
                if (parser.TryString(null, out string name))
                    Instance = name;
                return true;
            case 1 when Id is null && char.IsAsciiDigit((char)parser.NextText[0]):
                if (!parser.TryInteger(0, LargestId, true, out long id))
                    return true;
                Id = (byte)id;
                parser.Diagnostics.Report(
                    DiagnosticCatalogue.OldForm, parser.ValueSpan, $"the id of 'lvs_sync_daemon' is written without 'id'", $"write 'id {id}'");
                return true;
            default:
                return false;
        }
    }
}
