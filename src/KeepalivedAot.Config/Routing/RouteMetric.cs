using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>A metric of a route that may be locked, so that the kernel does not change it by what it measures: <c>[lock] uint!</c>.</summary>
public readonly record struct RouteMetric(uint Value, bool IsLocked) : IConfigArguments<RouteMetric>
{
    static string IConfigArguments<RouteMetric>.Expects => "[lock] uint! 0..4294967295";

    static bool IConfigArguments<RouteMetric>.TryRead(Parser parser, out RouteMetric value)
    {
        bool isLocked = parser.Takes("lock"u8);
        bool valid = parser.TryInteger(0, uint.MaxValue, isStrict: true, out long number);
        value = new RouteMetric((uint)number, isLocked);
        return valid;
    }

    string IConfigArguments<RouteMetric>.Format(bool showsSecrets)
        => (IsLocked ? "lock " : "") + Value.ToString(CultureInfo.InvariantCulture);
}
