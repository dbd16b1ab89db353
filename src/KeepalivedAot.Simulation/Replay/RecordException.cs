namespace KeepalivedAot.Simulation.Replay;

/// <summary>A record makes no sense there.</summary>
internal sealed class RecordException(long line, string problem) : Exception(problem)
{
    /// <summary>From 1.</summary>
    public long Line => line;
}

/// <summary>The run is not what was recorded.</summary>
internal sealed class DepartureException(long line, string what) : Exception(what)
{
    /// <summary>The line of the record, from 1, that differs, or of the input that it belongs to.</summary>
    public long Line => line;
}
