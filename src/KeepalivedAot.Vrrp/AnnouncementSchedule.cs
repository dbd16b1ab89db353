using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp;

/// <summary>When gratuitous ARP and unsolicited neighbour advertisements go out. Rounds go over all virtual addresses.</summary>
public sealed record AnnouncementSchedule
{
    public static readonly AnnouncementSchedule Default = new();

    /// <summary>Rounds of the first and of the delayed burst (<c>garp_master_repeat</c>).</summary>
    public int ActiveRepeat { get; init; } = 5;

    /// <summary>From becoming active to the second burst; 0 = no second burst (<c>garp_master_delay</c>).</summary>
    public Duration ActiveDelay { get; init; } = Duration.FromSeconds(5);

    /// <summary>Period of repeats while active, the first at delay + refresh; 0 = none (<c>garp_master_refresh</c>).</summary>
    public Duration Refresh { get; init; }

    /// <summary>Rounds of each refresh (<c>garp_master_refresh_repeat</c>).</summary>
    public int RefreshRepeat { get; init; } = 1;

    /// <summary>Rounds when a lower priority is heard; 0 = none (<c>garp_lower_prio_repeat</c>; unset: ActiveRepeat).</summary>
    public int LowerPriorityRepeat { get; init; } = 5;

    /// <summary>From there to the repeat of it; 0 = none (<c>garp_lower_prio_delay</c>; unset: ActiveDelay).</summary>
    public Duration LowerPriorityDelay { get; init; } = Duration.FromSeconds(5);

    /// <summary>Period of the announcements on other interfaces that hold addresses; 0 = none (<c>garp_extra_if</c>).</summary>
    public Duration ExtraInterfaces { get; init; }
}
