using System.Text;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>Reads a file before and after its layout changed as the daemon reads it, includes and all, and compares the logical lines.</summary>
/// <remarks>Nothing of the formatter takes part in it, so that a mistake there cannot hide itself.</remarks>
internal static class MeaningComparison
{
    /// <summary>Conditional lines are compared for this many of the ids that the file names, and for those that were asked for.</summary>
    private const int MostIds = 8;

    // No id that a user would give.
    private const string NoId = "\u0001";

    /// <param name="difference">Where the first line stands that is another one afterwards; not in this file when it stands in one that is included.</param>
    public static bool AreEqual(string path, byte[] before, byte[] after, IConfigFiles files, ReadOnlySpan<string> moreIds, out SourceSpan difference)
    {
        // What is included is read once for all.
        ReadOnceFiles included = new(files);
        foreach (string id in IdsOf(before, moreIds))
        {
            LogicalReader one = Open(path, before, included, id);
            LogicalReader other = Open(path, after, included, id);
            LogicalLineKind kind;
            do
            {
                LogicalLine line = one.Read();
                kind = line.Kind;
                difference = line.Span;
                if (!IsSame(line, other.Read()))
                    return false;
            }
            while (kind != LogicalLineKind.EndOfFile);
        }
        difference = SourceSpan.None;
        return true;
    }

    private static LogicalReader Open(string path, byte[] content, IConfigFiles files, string id)
    {
        // The same seed for both, or ${_RANDOM} would differ.
        LogicalSource source = new(path, new ReadOnceFiles(new TextInMemory(path, content, files)), id, 1, IncludeChecks.None);
        return new LogicalReader(source, new SourceMap { RecordsExpansions = false }, null);
    }

    internal static List<string> IdsOf(byte[] content, ReadOnlySpan<string> moreIds)
    {
        List<string> ids = [NoId, .. moreIds];
        PhysicalLexer lexer = new(content);
        while (ids.Count <= MostIds + moreIds.Length && lexer.TryRead(out PhysicalLine line))
        {
            if (line.Kind != PhysicalLineKind.Fixed || content[line.Start] != (byte)'@')
                continue;
            ReadOnlySpan<byte> rest = content.AsSpan(line.Start + 1, line.End - line.Start - 1);
            int end = rest.IndexOfAny(" \t\v\f\r"u8);
            string id = Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]).TrimStart('^');
            if (!ids.Contains(id))
                ids.Add(id);
        }
        return ids;
    }

    private static bool IsSame(LogicalLine one, LogicalLine other)
    {
        if (one.Kind != other.Kind || one.Words.Length != other.Words.Length)
            return false;
        for (int i = 0; i < one.Words.Length; i++)
        {
            if (one.Words[i].IsQuoted != other.Words[i].IsQuoted || !one.Words[i].Text.SequenceEqual(other.Words[i].Text))
                return false;
        }
        // Scripts are split by the rules of the shell, from the line as it stands.
        return IsSameButForBlanks(one.Raw.Bytes, other.Raw.Bytes);
    }

    // Outside double quotes a run of blanks is as good as one, unless the shell's quotes or a backslash may protect it.
    private static bool IsSameButForBlanks(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.ContainsAny("'\\"u8))
            return one.SequenceEqual(other);
        int i = 0;
        int j = 0;
        bool isQuoted = false;
        while (i < one.Length && j < other.Length)
        {
            if (!isQuoted && Blank.Is(one[i]) && Blank.Is(other[j]))
            {
                i = SkipBlanks(one, i);
                j = SkipBlanks(other, j);
                continue;
            }
            if (one[i] != other[j])
                return false;
            isQuoted ^= one[i] == (byte)'"';
            i++;
            j++;
        }
        return i == one.Length && j == other.Length;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && Blank.Is(text[at]))
            at++;
        return at;
    }
}
