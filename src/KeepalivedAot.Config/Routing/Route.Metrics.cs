namespace KeepalivedAot.Config.Routing;

/// <summary>The metrics of a route (RTAX_… of linux/rtnetlink.h, whose numbers these are).</summary>
public enum RouteMetricKind : byte
{
    Lock = 1,
    Mtu = 2,
    Window = 3,
    RoundTripTime = 4,
    RoundTripVariance = 5,
    SlowStartThreshold = 6,
    CongestionWindow = 7,
    AdvertisedMss = 8,
    Reordering = 9,
    HopLimit = 10,
    InitialCongestionWindow = 11,
    Features = 12,
    RetransmissionMinimum = 13,
    InitialReceiveWindow = 14,
    QuickAck = 15,
    CongestionControl = 16,
    FastOpenNoCookie = 17,
}

public abstract partial class Route
{
    /// <summary>The metrics that are given, as the kernel takes them; that of the congestion control, a text, is not among them.</summary>
    /// <remarks><see cref="RouteMetricKind.Lock"/> comes first: the set of those that are locked, bit n for metric n.</remarks>
    public IReadOnlyList<(RouteMetricKind Kind, uint Value)> Metrics()
    {
        List<(RouteMetricKind, uint)> metrics = [];
        uint locked = CongestionControl is { IsLocked: true } ? 1u << (int)RouteMetricKind.CongestionControl : 0;
        Put(RouteMetricKind.Mtu, Mtu?.Value, Mtu?.IsLocked);
        Put(RouteMetricKind.Window, Window, false);
        Put(RouteMetricKind.RoundTripTime, RoundTripTime?.Value, RoundTripTime?.IsLocked);
        Put(RouteMetricKind.RoundTripVariance, RoundTripVariance?.Value, RoundTripVariance?.IsLocked);
        Put(RouteMetricKind.SlowStartThreshold, SlowStartThreshold?.Value, SlowStartThreshold?.IsLocked);
        Put(RouteMetricKind.CongestionWindow, CongestionWindow?.Value, CongestionWindow?.IsLocked);
        Put(RouteMetricKind.AdvertisedMss, AdvertisedMss?.Value, AdvertisedMss?.IsLocked);
        Put(RouteMetricKind.Reordering, Reordering?.Value, Reordering?.IsLocked);
        Put(RouteMetricKind.HopLimit, HopLimit, false);
        Put(RouteMetricKind.InitialCongestionWindow, InitialCongestionWindow, false);
        Put(RouteMetricKind.Features, Features == RouteFeatures.None ? null : (uint)Features, false);
        Put(RouteMetricKind.RetransmissionMinimum, RetransmissionMinimum?.Value, RetransmissionMinimum?.IsLocked);
        Put(RouteMetricKind.InitialReceiveWindow, InitialReceiveWindow, false);
        Put(RouteMetricKind.QuickAck, QuickAck, false);
        Put(RouteMetricKind.FastOpenNoCookie, FastOpenNoCookie, false);
        if (locked != 0)
            metrics.Insert(0, (RouteMetricKind.Lock, locked));
        return metrics;

        void Put(RouteMetricKind kind, uint? value, bool? isLocked)
        {
            if (value is not uint number)
                return;
            metrics.Add((kind, number));
            if (isLocked == true)
                locked |= 1u << (int)kind;
        }
    }
}
