using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Tracking;

/// <summary>What a tracked object does to a priority: <c>weight N [reverse]</c>; 0 is a fault instead of a change.</summary>
/// <param name="Value">Added while the object is good if positive, subtracted while it is bad if negative.</param>
/// <param name="IsReversed">The other way round.</param>
public readonly record struct TrackerWeight(int Value, bool IsReversed) : IConfigArguments<TrackerWeight>
{
    /// <summary>Where the number was written.</summary>
    internal SourceSpan Span { get; private init; }

    static string IConfigArguments<TrackerWeight>.Expects => "int -254..254 [reverse]";

    // The range is not that of all trackers, and not all reject what is outside: the block decides.
    static bool IConfigArguments<TrackerWeight>.TryRead(Parser parser, out TrackerWeight value)
    {
        value = default;
        if (!parser.TryInteger(int.MinValue, int.MaxValue, isStrict: false, out long number))
            return false;
        SourceSpan span = parser.ValueSpan;
        bool isReversed = parser.Takes("reverse"u8);
        if (!isReversed && parser.HasNext)
        {
            parser.Diagnostics.Report(
                Diagnostics.DiagnosticCatalogue.UnknownOption, parser.NextSpan,
                $"unknown weight option '{parser.TakeRest()[0]}'", "only 'reverse' may follow the number");
        }
        value = new TrackerWeight((int)number, isReversed) { Span = span };
        return true;
    }

    string IConfigArguments<TrackerWeight>.Format(bool showsSecrets)
        => Value.ToString(CultureInfo.InvariantCulture) + (IsReversed ? " reverse" : "");
}
