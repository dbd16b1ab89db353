using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>What a tracked file holds at start: <c>[int] [overwrite]</c>.</summary>
/// <param name="Overwrites">Even when the file exists.</param>
public readonly record struct InitialContent(int Value, bool Overwrites) : IConfigArguments<InitialContent>
{
    static string IConfigArguments<InitialContent>.Expects => "[int] [overwrite]";

    static bool IConfigArguments<InitialContent>.TryRead(Parser parser, out InitialContent value)
    {
        value = default;
        bool overwrites = parser.Takes("overwrite"u8);
        if (!parser.HasNext)
        {
            value = new InitialContent(0, overwrites);
            return true;
        }
        if (!parser.TryInteger(int.MinValue, int.MaxValue, isStrict: false, out long number))
            return false;
        value = new InitialContent((int)number, parser.Takes("overwrite"u8) || overwrites);
        return true;
    }

    string IConfigArguments<InitialContent>.Format(bool showsSecrets)
        => Value.ToString(CultureInfo.InvariantCulture) + (Overwrites ? " overwrite" : "");
}
