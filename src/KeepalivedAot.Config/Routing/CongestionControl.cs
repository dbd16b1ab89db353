using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Routing;

/// <summary>The TCP congestion control that a route asks for: <c>[lock] NAME</c>.</summary>
public sealed record CongestionControl(string Name, bool IsLocked) : IConfigArguments<CongestionControl>
{
    static string IConfigArguments<CongestionControl>.Expects => "[lock] string";

    static bool IConfigArguments<CongestionControl>.TryRead(Parser parser, out CongestionControl value)
    {
        bool isLocked = parser.Takes("lock"u8);
        bool valid = parser.TryString(null, out string name);
        value = new CongestionControl(name, isLocked);
        return valid;
    }

    string IConfigArguments<CongestionControl>.Format(bool showsSecrets) => (IsLocked ? "lock " : "") + ConfigWords.Quote(Name);
}
