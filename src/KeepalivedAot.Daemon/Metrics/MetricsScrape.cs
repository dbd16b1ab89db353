using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>One text with all metrics, made slice by slice: no turn of the loop is long, however many instances there are.</summary>
/// <remarks>What there is when it begins is gone through to the end: a reload in between neither repeats an instance nor leaves one out.</remarks>
internal sealed class MetricsScrape(MetricsSource source)
{
    /// <summary>Samples of a slice: some 50 µs of work, and some 30 KB.</summary>
    public const int SliceSamples = 250;

    private static readonly InstanceLabels s_none = new([]);

    private int _family;
    private int _item;
    private int _part;

    public MetricsSource Source => source;

    /// <summary>With the instances.</summary>
    public InstanceLabels Labels { get; private set; } = s_none;

    public IReadOnlyList<VrrpInstance> Instances => Labels.Instances;

    public IReadOnlyList<SyncGroup> Groups { get; private set; } = [];

    public IReadOnlyList<TrackedScriptAtWork> Scripts { get; private set; } = [];

    /// <summary>From the first metric on.</summary>
    public void Begin()
    {
        _family = _item = _part = 0;
        Labels = source.Labels;
        Groups = source.Vrrp.Groups;
        Scripts = source.Scripts();
    }

    /// <summary>Lets go of what it went through.</summary>
    public void Release()
    {
        Labels = s_none;
        Groups = [];
        Scripts = [];
    }

    /// <summary>Writes the next slice, of as many samples as that is or as there is room for.</summary>
    /// <returns>False when that was the last one.</returns>
    public bool WriteSlice(MetricsText text)
    {
        MetricFamily[] families = MetricCatalogue.Families;
        for (int left = SliceSamples; left > 0 && _family < families.Length; left--)
        {
            MetricFamily family = families[_family];
            if (_item >= family.ItemCount(this))
            {
                _family++;
                _item = _part = 0;
                continue;
            }
            int before = text.Length;
            if (_item == 0 && _part == 0)
                family.WriteHeader(text);
            bool hasMore = family.Write(text, this, _item, _part);
            if (text.IsFull)
            {
                text.CutBackTo(before);
                // One that no text has room for is left out: that takes a name of many thousand characters.
                if (before > 0)
                    return true;
            }
            (_item, _part) = hasMore ? (_item, _part + 1) : (_item + 1, 0);
        }
        if (_family < families.Length)
            return true;
        if (!text.IsOpenMetrics)
            return false;
        text.Append("# EOF\n"u8);
        if (!text.IsFull)
            return false;
        text.CutBackTo(text.Length);
        return true;
    }
}
