namespace KeepalivedAot.Config.Text;

// How much memory a configuration takes. Its text is bounded, but a short line can make a large object, and a sequence many of them.
internal sealed partial class LogicalReader
{
    private readonly BuildTally _tally;
    private readonly HashSet<string> _filesOnce = [];

    /// <summary>An object of so many bytes was made of the current line.</summary>
    public void Built(int bytes) => _tally.Add(bytes, _current.IsMultiplied);

    public long BytesBuilt => _tally.Bytes;

    // Said once, at the place where it was noticed.
    private void EndWithExcess(SourceSpan span)
    {
        Exhaust(span, _tally.Excess);
        CutShort(span);
    }
}
