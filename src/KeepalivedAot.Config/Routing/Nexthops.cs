using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Routing;

/// <summary>All the ways of a route: from the first <c>nexthop</c> to the end of the line.</summary>
public sealed record Nexthops(IReadOnlyList<Nexthop> Ways) : IConfigArguments<Nexthops>
{
    static string IConfigArguments<Nexthops>.Expects => "nexthop options";

    static bool IConfigArguments<Nexthops>.TryRead(Parser parser, out Nexthops value)
    {
        List<Nexthop> ways = [];
        int option = parser.EnterOptions();
        do
        {
            Nexthop way = new();
            way.Read(parser);
            if (way.As is null)
                ways.Add(way);
        }
        while (parser.Takes("nexthop"u8));
        parser.LeaveOptions(option);
        value = new Nexthops(ways);
        return ways.Count > 0;
    }

    string IConfigArguments<Nexthops>.Format(bool showsSecrets)
        => string.Join(" nexthop ", Ways.Select(w => TextConfigWriter.Words(showsSecrets, w.Write)));
}
