using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>Columns that are empty where there is nothing to say; no value holds a tab or a line feed.</summary>
internal static class TsvReference
{
    private static readonly string[] s_columns =
        ["block", "keyword", "args", "default", "since", "status", "instead", "required", "secret", "notyet", "help"];

    public static string Write(KeywordReference reference)
    {
        StringBuilder text = new();
        text.AppendJoin('\t', s_columns).Append('\n');
        foreach (ReferenceEntry entry in reference.Entries)
        {
            WordSchema word = entry.Word;
            string[] row =
            [
                entry.BlockPath, word.Word, word.Arguments, word.Default ?? "", word.Since ?? "", ReferenceText.StatusName(word.Status),
                word.Instead ?? "", word.IsRequired ? "required" : "", word.IsSecret ? "secret" : "",
                word.IsNotYet ? "not yet" : "", word.Help ?? "",
            ];
            text.AppendJoin('\t', row.Select(static value => value.Replace('\t', ' ').Replace('\n', ' '))).Append('\n');
        }
        return text.ToString();
    }
}
