namespace KeepalivedAot.Config.Text;

// How much memory a configuration takes. Its text is bounded, but a short line can make a large object, and a sequence many of them.
internal sealed partial class LogicalReader
{
    private const int LinesBetweenLooks = 256;

    // The least that is allocated between two weighings; each is a whole collection.
    private const long LeastBetweenWeighings = 4L << 20;

    // A reload is read beside the configuration that runs, which is not this one's fault.
    private readonly long _usedBefore = GC.GetTotalMemory(false);

    private int _linesToLook = LinesBetweenLooks;
    private long _weighAt = LeastBetweenWeighings + GC.GetAllocatedBytesForCurrentThread();

    // What is only waiting to be collected does not count. The heap cannot have passed the limit before as much has been
    // allocated as was left of it, so nearly nobody is ever weighed.
    private bool IsTooHeavy()
    {
        if (--_linesToLook > 0)
            return false;
        _linesToLook = LinesBetweenLooks;
        // A run that only looks ahead keeps nothing.
        if (_diagnostics is null || Used <= _source.MostMemory || GC.GetAllocatedBytesForCurrentThread() < _weighAt)
            return false;
        GC.Collect();
        long used = Used;
        _weighAt = GC.GetAllocatedBytesForCurrentThread() + Math.Max(LeastBetweenWeighings, _source.MostMemory - used);
        return used > _source.MostMemory;
    }

    private long Used => GC.GetTotalMemory(false) - _usedBefore;

    private void ExhaustMemory(SourceSpan span)
    {
        Exhaust(span, $"the configuration takes more than {_source.MostMemory >> 20} MiB of memory");
        CutShort(span);
    }
}
