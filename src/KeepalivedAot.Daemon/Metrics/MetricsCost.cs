using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>How long making the text has held the loop.</summary>
internal sealed class MetricsCost
{
    /// <summary>Scrapes that were answered to their end.</summary>
    public ulong Scrapes { get; set; }

    public ulong RefusedConnections { get; set; }

    public Duration Total { get; private set; }

    public Duration LongestSlice { get; private set; }

    public void Count(Duration slice)
    {
        Total += slice;
        LongestSlice = Duration.Max(LongestSlice, slice);
    }
}
