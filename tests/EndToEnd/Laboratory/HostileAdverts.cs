namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>What nobody means well with.</summary>
public static class HostileAdverts
{
    /// <summary>Right, and stronger than anybody: it would take the role.</summary>
    public static CraftedAdvert Strong { get; } = new() { Priority = 255 };

    /// <summary>Each wrong in another way, for a router of version 3 on the group's segment.</summary>
    public static IReadOnlyList<CraftedAdvert> Malformed { get; } =
    [
        Strong with { ChecksumDamage = 0x0100 },
        Strong with { TimeToLive = 254 },
        Strong with { Version = 1 },
        Strong with { Version = 15 },
        Strong with { Version = 2, Interval = 1 },
        Strong with { Type = 0 },
        Strong with { Type = 9 },
        Strong with { CutTo = 0 },
        Strong with { CutTo = 1 },
        Strong with { CutTo = 2 },
        Strong with { CutTo = 7 },
        Strong with { CutTo = 11 },
        Strong with { Garbage = 50 },
        Strong with { Garbage = 1400 },
        Strong with { FragmentField = 0x2000 },
        Strong with { FragmentField = 0x2001 },
        Strong with { FragmentField = 1 },
        Strong with { CutTo = 4, TimeToLive = 0 },
        Strong with { Addresses = [], ChecksumDamage = 0xFFFE },
    ];
}
