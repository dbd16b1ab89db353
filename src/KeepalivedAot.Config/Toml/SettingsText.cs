using System.Text;
using KeepalivedAot.Config.Reference;

namespace KeepalivedAot.Config.Toml;

/// <summary>The settings for people: what <c>explain</c> says of one, and the sample file with all of them.</summary>
public static class SettingsText
{
    private const int Width = 100;

    /// <summary>Names as in <c>memory.trim</c>.</summary>
    public static IEnumerable<string> Names => SettingsTable.Rows.Select(static row => row.FullName);

    /// <summary>What is to be known of a setting; null when there is none of that name.</summary>
    public static string? Explain(string fullName)
    {
        if (SettingsTable.Find(fullName) is not { } row)
            return null;
        StringBuilder text = new();
        text.Append(row.FullName).Append("  (keepalived-aot.toml)\n\n");
        WrappedText.Append(text, row.Help, 2).Append('\n');
        text.Append("  values   ").Append(row.Values).Append('\n');
        text.Append("  default  ").Append(row.Default).Append("\n\n");
        text.Append("  example\n      [").Append(row.Table).Append("]\n      ").Append(row.Key).Append(" = ").Append(row.Default).Append('\n');
        return text.ToString();
    }

    /// <summary>The file that is installed: every setting with its default, and all of it comment.</summary>
    public static string Sample()
    {
        StringBuilder text = new();
        text.Append("# keepalived-aot.toml: what keepalived.conf has no word for. All of it is optional; what is shown is the default.\n");
        text.Append("# It is read at start and at every reload, beside keepalived.conf: keepalived-aot check keepalived-aot.toml\n");
        foreach (IGrouping<string, Setting> table in SettingsTable.Rows.GroupBy(static row => row.Table))
        {
            text.Append("\n# [").Append(table.Key).Append("]\n");
            foreach (Setting row in table)
            {
                text.Append("#\n");
                AppendComment(text, $"{row.Help} {char.ToUpperInvariant(row.Values[0])}{row.Values[1..]}.");
                text.Append("# ").Append(row.Key).Append(" = ").Append(row.Default).Append('\n');
            }
        }
        return text.ToString();
    }

    private static void AppendComment(StringBuilder text, string sentence)
    {
        int column = 0;
        foreach (string word in sentence.Split(' '))
        {
            if (column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }
            text.Append(column == 0 ? "#   " : " ").Append(word);
            column += (column == 0 ? 4 : 1) + word.Length;
        }
        text.Append('\n');
    }
}
