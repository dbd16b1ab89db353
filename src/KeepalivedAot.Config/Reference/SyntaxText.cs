using System.Text;

namespace KeepalivedAot.Config.Reference;

/// <summary>The notation of the keyword table as a line of syntax: values in capitals, without their ranges, which are told in words.</summary>
internal static class SyntaxText
{
    private static readonly string[] s_remarks = [" (sec)", " (msec)", " (base 0)", " (clamped)", " (shell-like quoting and escapes)"];

    /// <summary><c>[lock] uint! 0..9</c> is <c>[lock] NUMBER</c>.</summary>
    public static string Of(string notation)
    {
        // These are words to write, and no values.
        if (notation.StartsWith("ip|ip6|mpls", StringComparison.Ordinal))
            return notation;
        foreach (string remark in s_remarks)
            notation = notation.Replace(remark, "", StringComparison.Ordinal);
        StringBuilder text = new();
        for (int i = 0; i < notation.Length;)
        {
            int end = i;
            while (end < notation.Length && IsOfWord(notation[end]))
                end++;
            if (end == i)
            {
                text.Append(notation[i++]);
                continue;
            }
            string word = notation[i..end];
            i = end;
            text.Append(Value(word, notation.AsSpan(end)));
            SkipLimit(notation, ref i);
        }
        return text.ToString();
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '!';

    // uint! 0..255, and name(<=27).
    private static void SkipLimit(string notation, ref int i)
    {
        ReadOnlySpan<char> rest = notation.AsSpan(i);
        if (rest.StartsWith("(<="))
        {
            i += rest.IndexOf(')') + 1;
            return;
        }
        if (rest is not [' ', (>= '0' and <= '9') or '-', ..])
            return;
        int end = 1;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || rest[end] is '-' or '.'))
            end++;
        if (rest[..end].Contains("..", StringComparison.Ordinal))
            i += end;
    }

    // Some are words to write where something stands behind them: port N.
    private static string Value(string word, ReadOnlySpan<char> behind) => word.TrimEnd('!') switch
    {
        "uint" or "int" => "NUMBER",
        "ip" or "ip4" or "ip6" => "ADDRESS",
        "port" when !behind.StartsWith(" N") => "PORT",
        "group" when behind.IsEmpty || behind[0] == ']' => "GROUP",
        "ip-N" => "ADDRESS-N",
        "ip-ip" => "ADDRESS-ADDRESS",
        "len" => "LENGTH",
        "mask" => "MASK",
        "name" => "NAME",
        "hostname" => "HOST",
        "iface" => "INTERFACE",
        "path" => "PATH",
        "user" => "USER",
        "string" => "TEXT",
        "word" => "WORD",
        "range" => "RANGE",
        "hexstr" or "hex32" => "HEX",
        "cmd-script" => "COMMAND",
        "rtt-time" => "TIME",
        _ => word,
    };
}
