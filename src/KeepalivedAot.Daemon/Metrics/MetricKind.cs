namespace KeepalivedAot.Daemon.Metrics;

/// <summary>The types of OpenMetrics 1.0 that we have.</summary>
internal enum MetricKind : byte
{
    Gauge,
    Counter,
    Histogram,

    /// <summary>Without quantiles: a sum and a count.</summary>
    Summary,

    /// <summary>Always 1; its labels are what matters.</summary>
    Info,
}
