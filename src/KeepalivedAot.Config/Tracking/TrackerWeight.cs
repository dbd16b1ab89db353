using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
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
            SourceSpan option = parser.NextSpan;
            ReadOnlySpan<Word> rest = parser.TakeRest();
            parser.Diagnostics.Report(
                DiagnosticCatalogue.UnknownOption, option, $"unknown weight option '{rest[0]}'", "only 'reverse' may follow the number");
            parser.NoteLost(rest, Said.Error);
        }
        value = new TrackerWeight((int)number, isReversed) { Span = span };
        return true;
    }

    string IConfigArguments<TrackerWeight>.Format(bool showsSecrets)
        => Value.ToString(CultureInfo.InvariantCulture) + (IsReversed ? " reverse" : "");
}
