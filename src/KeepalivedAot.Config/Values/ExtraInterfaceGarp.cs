using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Values;

/// <summary>How often gratuitous ARPs go out on the other interfaces that hold addresses: <c>[all] seconds</c>.</summary>
/// <param name="OnAll">On interfaces that are no VMACs too.</param>
/// <param name="Interval">Whole seconds; zero is none.</param>
public readonly record struct ExtraInterfaceGarp(bool OnAll, Duration Interval) : IConfigArguments<ExtraInterfaceGarp>
{
    private const long LongestSeconds = 86400;
    private const string DefaultsBegin = "vrrp_";

    static string IConfigArguments<ExtraInterfaceGarp>.Expects => "[all] uint 0..86400 (sec)";

    static bool IConfigArguments<ExtraInterfaceGarp>.TryRead(Parser parser, out ExtraInterfaceGarp value)
    {
        value = default;
        string keyword = parser.CurrentKeyword;
        bool onAll = false;
        while (parser.Takes("all"u8))
            onAll = true;
        if (!parser.HasNext)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.OptionWithoutValue, parser.LineSpan, $"{keyword} specified without time - ignoring", $"write '{keyword} [all] SECONDS'");
            return false;
        }
        // An instance may switch the default off; the default itself is off when it is not given.
        long smallest = keyword.StartsWith(DefaultsBegin, StringComparison.Ordinal) ? 1 : 0;
        if (!parser.TryInteger(smallest, LongestSeconds, false, out long seconds, unit: NumberUnit.Seconds))
            return false;
        value = new ExtraInterfaceGarp(onAll, Duration.FromSeconds(seconds));
        return true;
    }

    string IConfigArguments<ExtraInterfaceGarp>.Format(bool showsSecrets)
        => string.Create(CultureInfo.InvariantCulture, $"{(OnAll ? "all " : "")}{Interval.WholeSeconds}");
}
