namespace KeepalivedAot.Benchmarks.Report;

/// <summary>Who is better in a figure.</summary>
internal enum Verdict
{
    /// <summary>One of the two was not measured, or no value is better than another.</summary>
    None,
    Ours,

    /// <summary>No difference that would be seen in the figure as it is printed, or less than 2 %.</summary>
    Even,
    Stock,
}
