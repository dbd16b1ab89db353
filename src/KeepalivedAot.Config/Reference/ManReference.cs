using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>The blocks as subsections of a manual page, the words as tagged paragraphs.</summary>
internal static class ManReference
{
    public static string Write(KeywordReference reference)
    {
        StringBuilder text = new();
        foreach ((string path, BlockSchema block) in reference.Blocks)
            Write(path, block, text);
        return text.ToString();
    }

    private static void Write(string path, BlockSchema block, StringBuilder text)
    {
        ManText.Request(text, "SS", ReferenceText.Title(path, block));
        foreach (WordSchema word in block.Words.Where(ReferenceText.IsTold))
        {
            text.Append(".TP\n.B ").Append(ManText.Escape(word.Word));
            if (ArgumentText.Placeholder(word) is { Length: > 0 } placeholder)
                text.Append(" \\fR").Append(ManText.Escape(placeholder));
            text.Append('\n');
            if (word.Help is { } help)
                text.Append(ManText.Escape(help)).Append('\n');
            foreach (string fact in ReferenceText.Facts(block, word))
                text.Append(ManText.Escape(fact)).Append('\n');
        }
        Others(block, WordStatus.NoEffect, "Accepted without an effect, as in keepalived:", text);
    }

    private static void Others(BlockSchema block, WordStatus status, string what, StringBuilder text)
    {
        string[] words = [.. block.Words.Where(word => word.Status == status).Select(static word => ManText.Escape(word.Word))];
        if (words.Length > 0)
            text.Append(".PP\n").Append(what).Append('\n').AppendJoin(",\n", words).Append(".\n");
    }
}
