namespace KeepalivedAot.Base.Time;

/// <summary>Deadlines of registered timers, in order; nothing is allocated once everyone has registered.</summary>
/// <remarks>
/// An indexed binary heap: arming and disarming cost O(log n). Equal deadlines fire in the order in which
/// they were armed, so a run can be repeated.
/// A timer that is put off keeps its place in the heap until it comes to the front: that costs nothing, and most timers are put
/// off again and again (a backup's, by each advertisement that it hears).
/// </remarks>
public sealed class TimerQueue
{
    private const int NotQueued = -1;

    private struct Slot
    {
        public ITimerOwner? Owner;
        public int Name;
        public Instant Deadline;
        public ulong ArmedAs;

        /// <summary>What the heap is ordered by: deadline and arming as they were when the timer found its place; never later than they are.</summary>
        public Instant Key;
        public ulong KeyArmedAs;
        public int HeapIndex;
    }

    private Slot[] _slots = new Slot[16];
    private int[] _heap = new int[16];
    private int _slotCount;
    private int _heapCount;
    private int _freeCount;
    private int[] _free = new int[16];
    private ulong _nextArm;

    /// <summary>How many timers are armed.</summary>
    public int ArmedCount => _heapCount;

    /// <summary>Makes a timer, disarmed. The handle stays valid until <see cref="Unregister"/>.</summary>
    public TimerHandle Register(ITimerOwner owner, int name)
    {
        int index;
        if (_freeCount > 0)
        {
            index = _free[--_freeCount];
        }
        else
        {
            if (_slotCount == _slots.Length)
            {
                Array.Resize(ref _slots, _slots.Length * 2);
                Array.Resize(ref _heap, _heap.Length * 2);
                Array.Resize(ref _free, _free.Length * 2);
            }
            index = _slotCount++;
        }
        _slots[index] = new Slot { Owner = owner, Name = name, HeapIndex = NotQueued };
        return new TimerHandle(index);
    }

    public void Unregister(TimerHandle timer)
    {
        Disarm(timer);
        _slots[timer.Index].Owner = null;
        _free[_freeCount++] = timer.Index;
    }

    /// <summary>Sets the deadline; a timer that was armed already is moved.</summary>
    public void Arm(TimerHandle timer, Instant deadline)
    {
        ref Slot slot = ref _slots[timer.Index];
        Invariant.Require(slot.Owner is not null, "only a registered timer is armed");
        slot.Deadline = deadline;
        slot.ArmedAs = _nextArm++;
        if (slot.HeapIndex == NotQueued)
        {
            slot.HeapIndex = _heapCount;
            _heap[_heapCount++] = timer.Index;
        }
        else if (deadline >= slot.Key)
        {
            return;
        }
        slot.Key = deadline;
        slot.KeyArmedAs = slot.ArmedAs;
        Rise(slot.HeapIndex);
    }

    public void Disarm(TimerHandle timer)
    {
        int at = _slots[timer.Index].HeapIndex;
        if (at != NotQueued)
            RemoveAt(at);
    }

    public bool IsArmed(TimerHandle timer) => _slots[timer.Index].HeapIndex != NotQueued;

    /// <summary>The deadline of an armed timer; meaningless for another.</summary>
    public Instant DeadlineOf(TimerHandle timer) => _slots[timer.Index].Deadline;

    /// <summary>No timer is due before this; the earliest deadline may be later. MaxValue when none is armed.</summary>
    public Instant EarliestPossible => _heapCount == 0 ? Instant.MaxValue : _slots[_heap[0]].Key;

    /// <summary>The earliest deadline; MaxValue when none is armed.</summary>
    public bool TryPeek(out Instant deadline)
    {
        Settle();
        deadline = _heapCount == 0 ? Instant.MaxValue : _slots[_heap[0]].Deadline;
        return _heapCount != 0;
    }

    /// <summary>Fires the earliest timer that is due, if any.</summary>
    public bool TryFire(Instant now)
    {
        if (_heapCount == 0 || _slots[_heap[0]].Key > now)
            return false;
        Settle();
        Slot first = _slots[_heap[0]];
        if (first.Deadline > now)
            return false;
        RemoveAt(0);
        first.Owner!.OnTimer(first.Name, first.Deadline, now);
        return true;
    }

    // Those in front that have been put off go to their places, until the one in front is where it belongs.
    private void Settle()
    {
        while (_heapCount > 0)
        {
            ref Slot first = ref _slots[_heap[0]];
            if (first.KeyArmedAs == first.ArmedAs)
                return;
            first.Key = first.Deadline;
            first.KeyArmedAs = first.ArmedAs;
            Sink(0);
        }
    }

    private void RemoveAt(int at)
    {
        _slots[_heap[at]].HeapIndex = NotQueued;
        int last = _heap[--_heapCount];
        if (at == _heapCount)
            return;
        _heap[at] = last;
        _slots[last].HeapIndex = at;
        if (!Rise(at))
            Sink(at);
    }

    private bool Rise(int at)
    {
        bool moved = false;
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!Before(_heap[at], _heap[parent]))
                break;
            Swap(at, parent);
            at = parent;
            moved = true;
        }
        return moved;
    }

    private void Sink(int at)
    {
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= _heapCount)
                return;
            if (child + 1 < _heapCount && Before(_heap[child + 1], _heap[child]))
                child++;
            if (!Before(_heap[child], _heap[at]))
                return;
            Swap(at, child);
            at = child;
        }
    }

    private bool Before(int a, int b)
    {
        ref Slot first = ref _slots[a];
        ref Slot second = ref _slots[b];
        return first.Key < second.Key || (first.Key == second.Key && first.KeyArmedAs < second.KeyArmedAs);
    }

    private void Swap(int a, int b)
    {
        (_heap[a], _heap[b]) = (_heap[b], _heap[a]);
        _slots[_heap[a]].HeapIndex = a;
        _slots[_heap[b]].HeapIndex = b;
    }
}
