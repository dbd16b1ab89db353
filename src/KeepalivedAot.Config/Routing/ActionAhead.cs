using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>What follows <c>type</c> on a rule: the word of an action, which stays on the line and is read as the option it is.</summary>
public sealed record ActionAhead : IConfigArguments<ActionAhead>
{
    private static readonly string[] Words = ["goto", "nop", "blackhole", "unreachable", "prohibit"];

    static string IConfigArguments<ActionAhead>.Expects => "action word";

    static bool IConfigArguments<ActionAhead>.TryRead(Parser parser, out ActionAhead value)
    {
        value = new ActionAhead();
        if (parser.HasNext)
        {
            ReadOnlySpan<byte> next = parser.NextText;
            if (next.SequenceEqual("goto"u8) || next.SequenceEqual("nop"u8) || next.SequenceEqual("blackhole"u8)
                || next.SequenceEqual("unreachable"u8) || next.SequenceEqual("prohibit"u8))
            {
                return true;
            }
        }
        if (parser.TryTake(out Text.Word word))
        {
            string? near = Spelling.Nearest(word.ToString(), Words);
            parser.Reject(
                DiagnosticCatalogue.InvalidWord, $"Invalid rule action {word}",
                near is null ? "write goto, nop, blackhole, unreachable or prohibit" : $"did you mean '{near}'?");
        }
        return false;
    }

    string IConfigArguments<ActionAhead>.Format(bool showsSecrets) => "";
}
