using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A regular expression, quoted and escaped as in a shell (grammar 10.2).</summary>
public sealed record RegexText(string Expression) : IConfigArguments<RegexText>
{
    static string IConfigArguments<RegexText>.Expects => "string (shell-like quoting and escapes)";

    static bool IConfigArguments<RegexText>.TryRead(Parser parser, out RegexText value)
    {
        value = null!;
        if (!ShellLine.TryReadOne(parser, out string expression))
            return false;
        value = new RegexText(expression);
        return true;
    }

    string IConfigArguments<RegexText>.Format(bool showsSecrets) => ShellLine.Quote(Expression);
}
