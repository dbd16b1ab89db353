using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>A page with a table for each block.</summary>
internal static class MarkdownReference
{
    public static string Write(KeywordReference reference)
    {
        StringBuilder text = new("# Words of keepalived.conf\n");
        foreach ((string path, BlockSchema block) in reference.Blocks)
        {
            text.Append("\n## ").Append(Escape(ReferenceText.Title(path, block))).Append("\n\n| word | argument | default | since | |\n| --- | --- | --- | --- | --- |\n");
            foreach (WordSchema word in block.Words)
            {
                string remark = string.Join(". ", new[] { word.Help?.TrimEnd('.'), KeywordText.Status(word) is { } status ? ReferenceText.Capital(status) : null }
                    .Where(static part => part is not null));
                text.Append("| `").Append(word.Word).Append("` | ").Append(Escape(ArgumentText.Describe(word) ?? ""))
                    .Append(" | ").Append(Escape(word.IsRequired ? "must be given" : word.Default ?? ""))
                    .Append(" | ").Append(word.Since ?? "").Append(" | ").Append(Escape(remark)).Append(" |\n");
            }
        }
        return text.ToString();
    }

    private static string Escape(string text)
        => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
