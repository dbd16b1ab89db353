using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Tracking;

/// <summary>The ranges of weights.</summary>
internal static class TrackerWeights
{
    /// <summary>The largest change of a priority.</summary>
    public const int Largest = 253;

    /// <summary>Says so when a default weight is outside its range.</summary>
    /// <param name="kind">Says what becomes of it.</param>
    public static bool IsInRange(TrackerWeight weight, int largest, DiagnosticKind kind, string block, string name, Parser parser)
    {
        if (weight.Value >= -largest && weight.Value <= largest)
            return true;
        parser.Diagnostics.Report(
            kind, weight.Span, $"{block} {name} weight {weight.Value} must be in [-{largest}, {largest}]");
        return false;
    }

    /// <summary>A weight of a line; 254 and -254 were faults once, and are one too many now.</summary>
    public static int Clamp(int weight, string name, SourceSpan span, Parser parser)
    {
        if (weight is >= -Largest and <= Largest)
            return weight;
        int nearest = weight < 0 ? -Largest : Largest;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.WeightTooLarge, span, $"weight for {name} cannot be +/-254. Setting to +/-253", $"write 'weight {nearest}'");
        return nearest;
    }
}
