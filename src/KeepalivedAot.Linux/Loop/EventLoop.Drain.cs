using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Loop;

// Fetching what is readable and reading it, in rounds of one slice for each source.
public sealed unsafe partial class EventLoop
{
    // epoll_event is packed on x64 and padded elsewhere: Tmds.LibC's struct knows; the kernel fills this.
    private epoll_event* _events;
    private int _eventCapacity;

    // The tokens of sources that still have input in this drain.
    private ulong[] _ready = [];

    /// <summary>Room for an event of every source, so that one wait fetches all that is readable.</summary>
    private void ReserveEvents(int sources)
    {
        if (sources <= _eventCapacity)
            return;
        _eventCapacity = Math.Max(sources, Math.Max(16, _eventCapacity * 2));
        // A source may be added from within a drain: the events of the batch have been copied to _ready before.
        _events = (epoll_event*)NativeMemory.Realloc(_events, (nuint)_eventCapacity * (nuint)sizeof(epoll_event));
        Array.Resize(ref _ready, _eventCapacity);
    }

    private void FreeEvents()
    {
        NativeMemory.Free(_events);
        _events = null;
        _eventCapacity = 0;
    }

    private Errno Drain(bool mayWait, ref int inputLeft)
    {
        int count = epoll_wait(_epoll, _events, _eventCapacity, mayWait ? -1 : 0);
        if (count < 0)
        {
            // A stop and continue (SIGSTOP, a debugger) interrupts the wait; the turn goes on with nothing read.
            Errno errno = Libc.LastErrno;
            return errno == Errno.EINTR ? Errno.None : errno;
        }
        for (int i = 0; i < count; i++)
            _ready[i] = _events[i].data.u64;

        Instant now = Now;
        foreach (ITurnStart hook in _turnStarts)
            hook.OnTurnStart(now);
        int late = ReadInputInRounds(count, now, ref inputLeft);
        for (int i = 0; i < late; i++)
            _sources.Find(_ready[i], out _)?.OnReadable(now, _limits.Slice);
        return Errno.None;
    }

    /// <returns>How many tokens of other sources are left at the front of <see cref="_ready"/>.</returns>
    private int ReadInputInRounds(int count, Instant now, ref int left)
    {
        int late = 0;
        bool first = true;
        for (int remaining = count; remaining > late && (left > 0 || first); first = false)
        {
            // Each round keeps, in their order, the sources that may have more.
            int kept = late;
            for (int i = late; i < remaining; i++)
            {
                ulong token = _ready[i];
                IEventSource? source = _sources.Find(token, out SourceOrder order);
                if (source is null)
                    continue;
                if (order == SourceOrder.AfterInput)
                {
                    // First round only: move it to the front. What stood there is an input source that was kept.
                    _ready[kept++] = _ready[late];
                    _ready[late++] = token;
                    continue;
                }
                if (left <= 0)
                    continue;
                DrainResult result = source.OnReadable(now, Math.Min(_limits.Slice, left));
                // A source that says "more" without having taken anything costs one, or the round would not end.
                left -= Math.Max(result.Taken, 1);
                if (result.MayHaveMore)
                    _ready[kept++] = token;
            }
            remaining = kept;
        }
        return late;
    }
}
