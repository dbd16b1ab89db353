using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Values;

/// <summary>How often gratuitous ARPs go out on the other interfaces that hold addresses: <c>[all] seconds</c>.</summary>
/// <param name="OnAll">On interfaces that are no VMACs too.</param>
/// <param name="Interval">Whole seconds, at least one.</param>
public readonly record struct ExtraInterfaceGarp(bool OnAll, Duration Interval) : IConfigArguments<ExtraInterfaceGarp>
{
    private const long LongestSeconds = 86400;

    static string IConfigArguments<ExtraInterfaceGarp>.Expects => "[all] uint 1..86400 (sec)";

    static bool IConfigArguments<ExtraInterfaceGarp>.TryRead(Parser parser, out ExtraInterfaceGarp value)
    {
        value = default;
        bool onAll = false;
        while (parser.Takes("all"u8))
            onAll = true;
        if (!parser.TryInteger(1, LongestSeconds, false, out long seconds))
            return false;
        value = new ExtraInterfaceGarp(onAll, Duration.FromSeconds(seconds));
        return true;
    }

    string IConfigArguments<ExtraInterfaceGarp>.Format(bool showsSecrets)
        => string.Create(CultureInfo.InvariantCulture, $"{(OnAll ? "all " : "")}{Interval.WholeSeconds}");
}
