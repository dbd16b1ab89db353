namespace KeepalivedAot.Benchmarks.Report;

/// <summary>Which of two values of a figure is the better one.</summary>
internal enum Better
{
    Lower,
    Higher,

    /// <summary>The one that is nearer to what was asked for (<see cref="Figure.Goal"/>).</summary>
    Nearest,

    /// <summary>None is: what the machine does by itself, shown beside a figure.</summary>
    Neither,
}
