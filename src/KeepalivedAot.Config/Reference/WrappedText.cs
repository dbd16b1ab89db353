using System.Text;

namespace KeepalivedAot.Config.Reference;

/// <summary>Paragraphs for a terminal of 80 columns.</summary>
internal static class WrappedText
{
    private const int Width = 79;

    /// <summary>One paragraph, each line indented and ended.</summary>
    /// <param name="isIndented">The first line's indentation stands there already.</param>
    public static StringBuilder Append(StringBuilder text, string paragraph, int indent, bool isIndented = false)
    {
        int column = 0;
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
                isIndented = false;
            }
            if (column == 0)
            {
                text.Append(' ', isIndented ? 0 : indent);
                column = indent;
            }
            else
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        return text.Append('\n');
    }

    /// <summary>Lines as they are, indented.</summary>
    public static string Indent(string lines, int by)
    {
        StringBuilder text = new();
        foreach (string line in lines.TrimEnd('\n').Split('\n'))
            text.Append(' ', line.Length == 0 ? 0 : by).Append(line).Append('\n');
        return text.ToString();
    }
}
