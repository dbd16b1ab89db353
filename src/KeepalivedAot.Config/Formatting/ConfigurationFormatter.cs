using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>The canonical layout of a <c>keepalived.conf</c>.</summary>
/// <remarks>
/// One logical line to a line, four blanks for each level, <c>{</c> at the end of its header, one blank between words, no two empty
/// lines in a row. Comments stay, and so does every line whose blanks may mean something. What was read before is read afterwards:
/// that is checked each time, and text that does not pass is not handed out.
/// </remarks>
public static class ConfigurationFormatter
{
    private const int SmallestLimit = 1 << 16;
    private const int LargestGrowth = 4;

    // What is longer could not be read again.
    private const int LongestLayout = 24 << 20;

    /// <summary>The file, its layout and what is found out about them take no more bytes.</summary>
    internal const int MostMemory = 46 << 20;

    /// <param name="path">How diagnostics name the file; relative includes start from its directory.</param>
    /// <param name="content">Must not change afterwards.</param>
    /// <param name="files">Where included files are found, for the check. They are not changed.</param>
    /// <param name="ids">Config-ids for which the meaning is compared besides those that the file names.</param>
    public static FormatResult Format(string path, byte[] content, IConfigFiles files, params ReadOnlySpan<string> ids)
    {
        SourceMap sources = new();
        DiagnosticBag diagnostics = new(sources);
        SourceFile file = sources.Add(path, content);
        FormatResult left = new(file, diagnostics);
        if (!AreLinesReadable(file, diagnostics))
            return left;

        int growth = Math.Max(SmallestLimit, content.Length <= int.MaxValue / LargestGrowth ? content.Length * LargestGrowth : int.MaxValue);
        int limit = Math.Min(growth, Math.Max(0, Math.Min(LongestLayout, MostMemory - content.Length)));
        ReadOnlySpan<byte> prefix = content.AsSpan(0, PhysicalLexer.BomLength(content));
        LayoutText measured = new(prefix, limit);
        Layout layout = new(content, measured);
        layout.Run();
        if (measured.IsFull || layout.IsTooDeep)
        {
            diagnostics.ReportFile(
                DiagnosticCatalogue.FormatTooLarge, file,
                layout.IsTooDeep || limit == growth ? "the blocks are nested too deeply to be laid out" : $"the new layout would take more than {limit >> 20} MiB");
            return left;
        }
        if (layout.UnbalancedAt >= 0 && !layout.HasForeignBraces)
        {
            ReportUnbalanced(layout, file, diagnostics);
            return left;
        }
        LayoutText text = new(prefix, measured);
        new Layout(content, text).Run();
        byte[] formatted = text.Bytes;
        SourceSpan difference = SourceSpan.None;
        if (!TokenStream.AreEqual(content, formatted) || !MeaningComparison.AreEqual(path, content, formatted, files, ids, out difference))
        {
            const string Message = "the new layout would be read differently, so the file is left as it is";
            if (difference.IsGiven && difference.Position < file.End)
                diagnostics.Report(DiagnosticCatalogue.FormatChangesMeaning, difference, $"{Message}; it is the same up to here");
            else
                diagnostics.ReportFile(DiagnosticCatalogue.FormatChangesMeaning, file, Message);
            return left;
        }
        return new FormatResult(file, diagnostics) { Text = formatted, Origins = text.Origins, Files = files, Ids = ids.ToArray() };
    }

    // keepalived drops such lines or cuts them in two: whatever becomes of them, it is not the same.
    private static bool AreLinesReadable(SourceFile file, DiagnosticBag diagnostics)
    {
        byte[] content = file.Content;
        for (int start = 0; start < content.Length;)
        {
            int length = content.AsSpan(start).IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = content.AsSpan(start, length < 0 ? content.Length - start : length);
            int nul = line.IndexOf((byte)0);
            if (nul >= 0)
                diagnostics.Report(DiagnosticCatalogue.NulByte, new SourceSpan(file.Start + start + nul, 1), "the line holds a NUL byte");
            else if (line.TrimEnd((byte)'\r').Length > LineReader.LongestLine)
                ReportLong(file.Start + start, line.Length, diagnostics);
            start += line.Length + 1;
        }
        return diagnostics.Count == 0;
    }

    private static void ReportLong(int position, int length, DiagnosticBag diagnostics)
        => diagnostics.Report(
            DiagnosticCatalogue.LongLine, new SourceSpan(position + LineReader.LongestLine, length - LineReader.LongestLine),
            $"the line is longer than {LineReader.LongestLine} bytes");

    private static void ReportUnbalanced(Layout layout, SourceFile file, DiagnosticBag diagnostics)
    {
        SourceSpan span = new(file.Start + layout.UnbalancedAt, 1);
        if (layout.IsExtraCloser)
            diagnostics.Report(DiagnosticCatalogue.UnexpectedClosingBrace, span, "this '}' closes nothing", "'keepalived-aot check' tells more");
        else
            diagnostics.Report(DiagnosticCatalogue.MissingClosingBrace, span, "nothing closes the block that begins here", "'keepalived-aot check' tells more");
    }
}
