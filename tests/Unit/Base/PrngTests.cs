using KeepalivedAot.Base;

namespace KeepalivedAot.Tests.Unit.Base;

public class PrngTests
{
    // The first outputs of SplitMix64 with seed 1234567, as its authors publish them.
    [Fact]
    public void Sequence_is_that_of_SplitMix64()
    {
        Prng random = new(1234567);
        Assert.Equal(6457827717110365317UL, random.NextUInt64());
        Assert.Equal(3203168211198807973UL, random.NextUInt64());
        Assert.Equal(9817491932198370423UL, random.NextUInt64());
    }

    [Fact]
    public void Same_seed_gives_the_same_run()
    {
        Prng a = new(7);
        Prng b = new(7);
        for (int i = 0; i < 100; i++)
            Assert.Equal(a.NextUInt64(), b.NextUInt64());
    }

    [Fact]
    public void Numbers_stay_below_the_bound_and_reach_all_of_it()
    {
        Prng random = new(1);
        HashSet<int> seen = [];
        for (int i = 0; i < 1000; i++)
            seen.Add(random.Next(10));
        Assert.Equal(Enumerable.Range(0, 10), seen.Order());
        Assert.Throws<InvariantException>(() => random.Next(0));
    }
}
