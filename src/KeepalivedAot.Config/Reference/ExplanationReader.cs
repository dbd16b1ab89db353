using System.Text;

namespace KeepalivedAot.Config.Reference;

/// <summary>Reads what stands below one heading: paragraphs, and examples that are indented by four blanks.</summary>
internal sealed class ExplanationReader(string section)
{
    private const string Indent = "    ";
    private const string WrongLabel = "Wrong";
    private const string RightLabel = "Right:";

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _wrong = new();
    private readonly StringBuilder _right = new();
    private string? _condition;

    public Explanation Read()
    {
        StringBuilder? example = null;
        foreach (string line in section.Split('\n'))
        {
            if (line == RightLabel)
                example = _right;
            else if (line.StartsWith(WrongLabel, StringComparison.Ordinal) && line.EndsWith(':'))
                (example, _condition) = (_wrong, Optional(line[WrongLabel.Length..^1].Trim()));
            else if (example is not null)
                example.Append(line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : line).Append('\n');
            else
                AddText(line);
        }
        return new Explanation(_text.ToString().Trim(), Example(_wrong), Example(_right), _condition);
    }

    // A paragraph may be wrapped in the file; whoever shows it wraps it anew.
    private void AddText(string line)
    {
        if (line.Length == 0)
            _text.Append(_text.Length == 0 || _text[^1] == '\n' ? "" : "\n\n");
        else
            _text.Append(_text.Length == 0 || _text[^1] == '\n' ? "" : " ").Append(line);
    }

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    private static string? Example(StringBuilder example) => example.Length == 0 ? null : example.ToString().Trim('\n') + "\n";
}
