namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>What happened, in order; one thread writes, tests wait. All waits are bounded.</summary>
public sealed class Recording<T>(Func<string> context)
{
    private readonly List<T> _items = [];

    /// <summary>How many there are now: pass it as <c>from</c> to wait for later ones only.</summary>
    public int Count
    {
        get
        {
            lock (_items)
                return _items.Count;
        }
    }

    public void Add(T item)
    {
        lock (_items)
        {
            _items.Add(item);
            Monitor.PulseAll(_items);
        }
    }

    public T[] Snapshot(int from = 0)
    {
        lock (_items)
            return [.. _items.Skip(from)];
    }

    /// <summary>The first item at or after index <paramref name="from"/> that matches.</summary>
    /// <exception cref="LabException">None came in time; the message tells what the whole laboratory saw.</exception>
    public T WaitFor(string what, Func<T, bool> match, TimeSpan timeout, int from = 0)
        => TryWaitFor(match, timeout, out T? item, from)
            ? item!
            : throw new LabException($"not seen within {timeout.TotalSeconds:0.###} s: {what}{Environment.NewLine}{context()}");

    public bool TryWaitFor(Func<T, bool> match, TimeSpan timeout, out T? found, int from = 0)
    {
        TimeSpan deadline = MonotonicClock.Now + timeout;
        lock (_items)
        {
            int next = from;
            while (true)
            {
                for (; next < _items.Count; next++)
                {
                    if (match(_items[next]))
                    {
                        found = _items[next];
                        return true;
                    }
                }
                TimeSpan left = deadline - MonotonicClock.Now;
                if (left <= TimeSpan.Zero)
                {
                    found = default;
                    return false;
                }
                Monitor.Wait(_items, left);
            }
        }
    }
}
