using System.Text;

namespace KeepalivedAot.Config.Reference;

/// <summary>Text for man(7) requests: nothing in it is taken for a request or an escape.</summary>
public static class ManText
{
    /// <summary>Text of one line.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            string? special = c switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '\'' => "\\(aq",
                '"' => "\\(dq",
                '^' => "\\(ha",
                '~' => "\\(ti",
                '`' => "\\(ga",
                '…' => "...",
                '—' => "\\(em",
                '→' => "\\(->",
                '×' => "\\(mu",
                '\n' => " ",
                _ => null,
            };
            if (special is null)
                escaped.Append(c);
            else
                escaped.Append(special);
        }
        // A dot at the beginning of a line would make it a request.
        if (escaped.Length > 0 && escaped[0] == '.')
            escaped.Insert(0, "\\&");
        return escaped.ToString();
    }

    /// <summary>A request with its arguments: <c>.SS "a b"</c>.</summary>
    public static void Request(StringBuilder text, string name, string argument)
        => text.Append('.').Append(name).Append(" \"").Append(Escape(argument)).Append("\"\n");
}
