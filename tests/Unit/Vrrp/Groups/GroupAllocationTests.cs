using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Groups;

/// <summary>A group costs its members nothing while nothing changes, and takes them along without looking at each other for ever.</summary>
public sealed class GroupAllocationTests
{
    [Fact]
    public void Member_thatHearsAdvertisements_allocatesNothing()
    {
        GroupWorld world = new GroupWorld([.. Enumerable.Repeat(100, 50)]).Start();
        byte[] higher = Datagram.Of(world.A.Parameters, GroupWorld.Peer, 200);
        world.Log.Threshold = LogLevel.Error;
        Hear(world, higher, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Hear(world, higher, 2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(VrrpState.Backup, world.A.State);
    }

    // 255 members: each of the 255 timers asks all others whether they are ready, and the last one takes all along.
    [Fact]
    public void Group_ofAsManyAsThereAre_becomesActiveTogether()
    {
        GroupWorld world = new GroupWorld([.. Enumerable.Repeat(100, 255)]).Start();
        world.Advance(3.609375);
        Assert.All(world.Members, static m => Assert.Equal(VrrpState.Active, m.State));
        world.Members[100].SetFault(VrrpFaults.InterfaceDown, true, world.Now);
        Assert.All(world.Members, static m => Assert.Equal(VrrpState.Fault, m.State));
    }

    private static void Hear(GroupWorld world, byte[] datagram, int times)
    {
        for (int i = 0; i < times; i++)
        {
            world.A.OnDatagram(
                new VrrpDatagram
                {
                    Bytes = datagram, Source = GroupWorld.Peer, Destination = world.A.Parameters.Group, HopLimit = 255,
                },
                world.Now);
            world.Advance(Duration.FromMilliseconds(500));
        }
    }
}
