using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>Writes the samples of one thing; a sample or a few in each call.</summary>
/// <param name="item">Which of the family's things: 0 up to their number.</param>
/// <param name="part">0 at first, and one more each time that the answer was true.</param>
/// <returns>Whether there is another part. A part may write nothing.</returns>
internal delegate bool MetricWriter(MetricsText text, MetricFamily family, MetricsScrape scrape, int item, int part);

/// <summary>One metric: its name, what stands in front of its samples, and who writes these.</summary>
internal sealed class MetricFamily
{
    private const string CounterSuffix = "_total";
    private const string InfoSuffix = "_info";

    private readonly byte[] _header;
    private readonly byte[] _openHeader;
    private readonly Func<MetricsScrape, int> _itemCount;
    private readonly MetricWriter _write;

    /// <param name="name">As Prometheus knows it: that of a counter ends with _total.</param>
    /// <param name="help">A line without backslashes and quotation marks, which both formats take as it is.</param>
    /// <param name="labels">For people: iname, intf, vrid.</param>
    public MetricFamily(string name, MetricKind kind, string help, string labels, Func<MetricsScrape, int> itemCount, MetricWriter write)
    {
        Invariant.Require(
            name.EndsWith(CounterSuffix, StringComparison.Ordinal) == (kind == MetricKind.Counter)
            && name.EndsWith(InfoSuffix, StringComparison.Ordinal) == (kind == MetricKind.Info), "a metric is named after its kind");
        (Name, Kind, Help, Labels) = (name, kind, help, labels);
        NameText = Encoding.UTF8.GetBytes(name);
        _itemCount = itemCount;
        _write = write;
        _header = Header(name, kind == MetricKind.Info ? MetricKind.Gauge : kind, help);
        _openHeader = Header(kind switch
        {
            MetricKind.Counter => name[..^CounterSuffix.Length],
            MetricKind.Info => name[..^InfoSuffix.Length],
            _ => name,
        }, kind, help);
    }

    public string Name { get; }

    public MetricKind Kind { get; }

    public string Help { get; }

    public string Labels { get; }

    public byte[] NameText { get; }

    public int ItemCount(MetricsScrape scrape) => _itemCount(scrape);

    public void WriteHeader(MetricsText text) => text.Append(text.IsOpenMetrics ? _openHeader : _header);

    /// <inheritdoc cref="MetricWriter"/>
    public bool Write(MetricsText text, MetricsScrape scrape, int item, int part) => _write(text, this, scrape, item, part);

    /// <summary>The word behind <c># TYPE</c>.</summary>
    public static string KindName(MetricKind kind) => kind switch
    {
        MetricKind.Gauge => "gauge",
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        MetricKind.Summary => "summary",
        _ => "info",
    };

    private static byte[] Header(string name, MetricKind kind, string help)
        => Encoding.UTF8.GetBytes($"# HELP {name} {help}\n# TYPE {name} {KindName(kind)}\n");
}
