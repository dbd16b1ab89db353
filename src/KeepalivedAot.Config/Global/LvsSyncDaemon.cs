using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Global;

/// <summary>The IPVS connection synchronisation daemon: an interface, the instance it follows, and its packets.</summary>
[LineBlock(TakesOthers = true, DemandsValues = true)]
public sealed partial class LvsSyncDaemon
{
    private const long LargestId = 255;

    // Words of the old form, which are known by their places: interface, instance, id.
    private const int PlaceOfInstance = 1;
    private const int PlaceOfId = 2;
    private string? _placedInstance;

    /// <summary>The interface that connections are sent and received on.</summary>
    [Positional("iface"), InterfaceName]
    public string Interface { get; private set; } = "";

    /// <summary>
    /// The vrrp_instance that decides: its master sends connections, its backup receives them. Directly after the interface the word
    /// inst may be left out.
    /// </summary>
    [Keyword("inst", Since = "2.1.0", Default = "none", FirstWins = true)]
    public string? Instance { get; private set; }

    /// <summary>The sync ID; only daemons with the same one exchange connections.</summary>
    [Keyword("id", Since = "1.2.24", Default = "the instance's VRID, else 0", SurvivesMissingValue = true), Range(0, 255), Strict]
    public byte? Id { get; private set; }

    /// <summary>The largest sync packet, in bytes. Needs Linux 4.3.</summary>
    [Keyword("maxlen", Since = "1.2.24", Default = "the kernel's", SurvivesMissingValue = true), Range(1, 65507), Strict]
    public ushort? MaxLength { get; private set; }

    /// <summary>The UDP port of sync packets. Needs Linux 4.3.</summary>
    [Keyword("port", Since = "1.2.24", Default = "the kernel's, 8848", SurvivesMissingValue = true), Range(1, 65535), Strict]
    public ushort? Port { get; private set; }

    /// <summary>The time to live of sync packets. Needs Linux 4.3.</summary>
    [Keyword("ttl", Since = "1.2.24", Default = "the kernel's", SurvivesMissingValue = true), Range(1, 255), Strict]
    public byte? Ttl { get; private set; }

    /// <summary>The multicast group that sync packets are sent to. Needs Linux 4.3.</summary>
    [Keyword("group", Since = "1.2.24", Default = "the kernel's, 224.0.0.81", SurvivesMissingValue = true), Multicast]
    public IpAddress Group { get; private set; }

    // The old form, in which no keyword says what a word is.
    private partial bool TakeOther(Parser parser)
    {
        if (parser.WordsTaken == PlaceOfInstance && parser.TryString(null, out string name))
        {
            Instance = _placedInstance = name;
            return true;
        }
        if (parser.WordsTaken != PlaceOfId || _placedInstance is null)
            return false;
        SourceSpan span = parser.NextSpan;
        if (parser.TryInteger(0, LargestId, true, out long id))
        {
            Id = (byte)id;
            parser.Diagnostics.Report(
                DiagnosticCatalogue.OldForm, span, "Please use keyword \"id\" before lvs_sync_daemon SYNCID", $"write 'id {id}'");
        }
        return true;
    }

    partial void OnRead(Parser parser)
    {
        parser.KeepLine();
        if (_placedInstance is null || !Spans.Instance.IsGiven)
            return;
        Instance = _placedInstance;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.SecondIgnored, Spans.Instance, $"lvs_sync_daemon vrrp instance has already been specified as {Instance} - ignoring", "leave one of them out");
    }
}
