using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Who plays against whom: router A's daemon, router B's daemon.</summary>
public static class Pair
{
    public static TheoryData<Implementation, Implementation> All => new()
    {
        { Implementation.Ours, Implementation.Ours },
        { Implementation.Ours, Implementation.Stock },
        { Implementation.Stock, Implementation.Ours },
    };
}
