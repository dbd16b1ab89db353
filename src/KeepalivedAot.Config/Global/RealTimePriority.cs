using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>A priority of SCHED_RR: 1 to 99, to which other numbers are moved.</summary>
public readonly record struct RealTimePriority(byte Value) : IConfigArguments<RealTimePriority>
{
    private const long Lowest = 1;
    private const long Highest = 99;

    static string IConfigArguments<RealTimePriority>.Expects => "int 1..99 (clamped)";

    static bool IConfigArguments<RealTimePriority>.TryRead(Parser parser, out RealTimePriority value)
    {
        value = default;
        if (!parser.TryInteger(int.MinValue, int.MaxValue, false, out long given))
            return false;
        long used = Math.Clamp(given, Lowest, Highest);
        value = new RealTimePriority((byte)used);
        if (used != given)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.NumberOutOfRange, parser.ValueSpan, $"'{parser.CurrentKeyword}' takes {Lowest} to {Highest}; {used} is used",
                $"write {used}");
        }
        return true;
    }

    string IConfigArguments<RealTimePriority>.Format(bool showsSecrets) => Value.ToString(CultureInfo.InvariantCulture);
}
