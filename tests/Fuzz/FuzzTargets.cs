using KeepalivedAot.Tests.Fuzz.Targets;

namespace KeepalivedAot.Tests.Fuzz;

/// <summary>All targets. The planted one is not listed: it is for whoever wants to know whether fuzzing works here.</summary>
internal static class FuzzTargets
{
    public const string Planted = "planted";

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. PacketTargets.All, .. NetlinkTargets.All, .. ConfigurationTargets.All, .. TextTargets.All, .. RecordTargets.All,
    ];

    public static FuzzTarget? Find(string name)
        => name == Planted
            ? new FuzzTarget(Planted, "a mistake behind three bytes", Fuzz.Planted.Run, static () => ["seed"u8.ToArray()])
            : All.FirstOrDefault(target => target.Name == name);
}
