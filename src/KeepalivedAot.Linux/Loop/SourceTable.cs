using KeepalivedAot.Base;

namespace KeepalivedAot.Linux.Loop;

/// <summary>The registered sources by token. A token is what epoll carries for us: slot and generation, so that an
/// event which was already fetched for a source that has gone meanwhile is recognised.</summary>
internal sealed class SourceTable
{
    private const int None = -1;

    private struct Slot
    {
        public IEventSource? Source;
        public SourceOrder Order;
        public int Fd;
        public uint Generation;
    }

    private Slot[] _slots = new Slot[16];
    private int[] _slotOfFd = NewIndex(64, []);

    /// <summary>One more than the highest slot that was ever in use.</summary>
    public int Used { get; private set; }

    public ulong Add(int fd, IEventSource source, SourceOrder order)
    {
        Invariant.Require(fd >= 0 && SlotOf(fd) == None, "a descriptor is open and added to the loop once");
        int index = 0;
        while (index < Used && _slots[index].Source is not null)
            index++;
        if (index == Used)
        {
            Used++;
            if (Used > _slots.Length)
                Array.Resize(ref _slots, _slots.Length * 2);
        }
        if (fd >= _slotOfFd.Length)
            _slotOfFd = NewIndex(Math.Max(fd + 1, _slotOfFd.Length * 2), _slotOfFd);
        ref Slot slot = ref _slots[index];
        slot = new Slot { Source = source, Order = order, Fd = fd, Generation = slot.Generation + 1 };
        _slotOfFd[fd] = index;
        return (ulong)slot.Generation << 32 | (uint)index;
    }

    /// <returns>False: the descriptor was not there.</returns>
    public bool Remove(int fd)
    {
        int index = SlotOf(fd);
        if (index == None)
            return false;
        _slots[index].Source = null;
        _slotOfFd[fd] = None;
        return true;
    }

    /// <summary>What epoll was given for a descriptor.</summary>
    public bool TryGetToken(int fd, out ulong token)
    {
        int index = SlotOf(fd);
        token = index == None ? 0 : (ulong)_slots[index].Generation << 32 | (uint)index;
        return index != None;
    }

    /// <returns>Null: the source of this token was removed.</returns>
    public IEventSource? Find(ulong token, out SourceOrder order)
    {
        ref Slot slot = ref _slots[(int)(uint)token];
        order = slot.Order;
        return slot.Generation == (uint)(token >> 32) ? slot.Source : null;
    }

    private int SlotOf(int fd) => (uint)fd < (uint)_slotOfFd.Length ? _slotOfFd[fd] : None;

    private static int[] NewIndex(int length, ReadOnlySpan<int> old)
    {
        int[] index = new int[length];
        Array.Fill(index, None);
        old.CopyTo(index);
        return index;
    }
}
