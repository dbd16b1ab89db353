using KeepalivedAot.Base;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// include and its relatives (grammar 8).
internal sealed partial class LogicalReader
{
    private const int DeepestInclude = 32;
    private const int MostOpenFiles = 1024;
    private const int MostFiles = 20_000;

    // Those that lead nowhere cost a look at the directories.
    private const int MostIncludes = 20_000;

    // All of it is in memory at once.
    private const long MostBytes = 24L << 20;

    private readonly Stack<FileFrame> _files = new();
    private int _filesRead;
    private int _includes;

    /// <summary>Which mistakes of include lines are errors, from here to the end of the current file (keyword include_check).</summary>
    public IncludeChecks Checks { get; set; }

    private string Directory => _files.TryPeek(out FileFrame? frame) ? frame.Directory : "";

    private static bool IsInclude(ReadOnlySpan<byte> text, out int length, out IncludeChecks added)
    {
        length = 0;
        added = IncludeChecks.None;
        if (!text.StartsWith("include"u8) || text.Length < "include".Length + 1)
            return false;
        length = "include".Length;
        IncludeChecks? found = text[length] switch
        {
            (byte)'r' => IncludeChecks.Read,
            (byte)'m' => IncludeChecks.Read | IncludeChecks.Match,
            (byte)'w' => IncludeChecks.Read | IncludeChecks.Match | IncludeChecks.WildcardMatch,
            (byte)'b' => IncludeChecks.Read | IncludeChecks.BraceMatch,
            (byte)'a' => IncludeChecks.All,
            _ => null,
        };
        if (found is IncludeChecks checks)
        {
            added = checks;
            length++;
        }
        return length < text.Length && Blank.Is(text[length]);
    }

    private void Include(TextSlice directive, int keywordLength, IncludeChecks added)
    {
        if (_isExhausted)
            return;
        TextSlice pattern = directive.Slice(keywordLength).Trim();
        SourceSpan span = pattern.Span;
        IncludeChecks checks = Checks | added;
        string text = ByteText.Decode(pattern.Bytes);
        if (++_includes > MostIncludes)
        {
            Exhaust(span, $"there are more than {MostIncludes} includes");
            return;
        }
        if (_lineFile!.Depth >= DeepestInclude || _files.Count >= MostOpenFiles)
        {
            Exhaust(span, _files.Count >= MostOpenFiles
                ? $"more than {MostOpenFiles} files are open at once"
                : $"includes are nested more than {DeepestInclude} deep");
            return;
        }
        PathPattern.Result found = _source.Files.Find(text, Directory);
        if (found.IsCut)
        {
            Exhaust(span, $"'{text}' stands for too many names");
            return;
        }
        if (found.Paths.Count == 0)
        {
            IncludeChecks needed = !found.IsFixedMissing ? IncludeChecks.WildcardMatch : found.HasBraces ? IncludeChecks.BraceMatch : IncludeChecks.Match;
            ReportInclude(checks, needed, span, $"nothing matches '{text}'");
            return;
        }
        if (found.IsFixedMissing)
        {
            ReportInclude(checks, IncludeChecks.BraceMatch, span, $"not all of '{text}' is there");
            if (checks.HasFlag(IncludeChecks.BraceMatch))
                return;
        }
        Queue<string> paths = new();
        foreach (string path in found.Paths)
        {
            string? problem = ProblemOf(_source.Files.Inspect(path));
            if (problem is not null)
                ReportInclude(checks, IncludeChecks.Read, span, $"'{path}' {problem}");
            else
                paths.Enqueue(path);
        }
        OpenNext(paths, span, _lineFile, checks);
    }

    // The name that the user gave may be a pattern too (grammar 8.3).
    private void OpenMain()
    {
        string path = _source.Path;
        List<string> paths = [path];
        if (_source.Files.Inspect(path) == ConfigFileKind.Missing && _source.Files.Find(path, "") is { Paths.Count: > 0 } found)
            paths = found.Paths;
        Queue<string> usable = new();
        long length = 0;
        foreach (string name in paths)
        {
            ConfigFileKind kind = _source.Files.Inspect(name);
            string? problem = kind == ConfigFileKind.Missing ? null : ProblemOf(kind);
            if (problem is not null)
                ReportMain(name, $"'{name}' {problem}");
            else if ((length += _source.Files.LengthOf(name) ?? 0) <= MostBytes && !_source.Files.TryRead(name, out _, out string? why))
                ReportMain(name, $"cannot read '{name}': {why}");
            else
                usable.Enqueue(name);
        }
        if (paths.Count > 1 && usable.TryPeek(out string? first))
        {
            _diagnostics?.ReportFile(
                DiagnosticCatalogue.SeveralFiles, _sources.Add(first, []), $"'{path}' names {paths.Count} files, which are read one after the other");
        }
        OpenNext(usable, SourceSpan.None, null, Checks);
    }

    private void ReportMain(string path, string message)
        => _diagnostics?.ReportFile(DiagnosticCatalogue.FileNotReadable, _sources.Add(path, []), message);

    private static string? ProblemOf(ConfigFileKind kind) => kind switch
    {
        ConfigFileKind.Missing => "does not exist",
        ConfigFileKind.Executable => "is executable, which a configuration must not be",
        ConfigFileKind.Directory => "is a directory",
        ConfigFileKind.Other => "is no regular file",
        _ => null,
    };

    private void ReportInclude(IncludeChecks checks, IncludeChecks needed, SourceSpan span, string message)
    {
        bool isError = checks.HasFlag(needed);
        if (!isError && needed == IncludeChecks.WildcardMatch)
            return;
        string? suggestion = isError ? "mend the path, or leave the check out ('include', 'include_check') if the file may be missing" : null;
        // Quotes are not taken off (grammar 8.1), and no file is called so.
        if (message.Contains("'\"", StringComparison.Ordinal))
            suggestion = "leave the quotes out: they belong to the name here, and blanks need none";
        Report(
            isError ? DiagnosticCatalogue.IncludeFailed : DiagnosticCatalogue.IncludeSkipped, span, message, suggestion);
    }

    // The first of the files that can be opened; the others wait for its end. What an include checks holds for its files, not in them.
    private void OpenNext(Queue<string> paths, SourceSpan span, FileFrame? includer, IncludeChecks checks)
    {
        while (paths.TryDequeue(out string? path))
        {
            if (includer?.Find(path) is FileFrame open)
            {
                Diagnostic? loop = Report(DiagnosticCatalogue.IncludeLoop, span, $"'{path}' includes itself", "take one of the includes out");
                if (loop is not null)
                    _diagnostics!.Relate(loop, open.File.IncludedBy, "included here before");
                continue;
            }
            if (++_filesRead > MostFiles)
            {
                Exhaust(span, $"more than {MostFiles} files are included");
                return;
            }
            // What turns out to be too much is best not in memory at all.
            bool isTooMuch = _sources.Length + (_source.Files.LengthOf(path) ?? 0) > MostBytes;
            byte[]? content = null;
            if (!isTooMuch && !_source.Files.TryRead(path, out content, out string? problem))
            {
                ReportInclude(checks, IncludeChecks.Read, span, $"cannot read '{path}': {problem}");
                continue;
            }
            if (content is null || _sources.Length + content.Length > MostBytes)
            {
                Exhaust(span, $"all files together have more than {MostBytes >> 20} MiB");
                return;
            }
            SourceFile file = _sources.Add(_sources.Conceal(path), content, span);
            bool isRepeated = !_filesOnce.Add(path);
            if (!isRepeated)
                _tally.AddText(content.Length);
            _files.Push(new FileFrame(path, file, new LineReader(file, _diagnostics), paths, includer, checks, Checks) { IsRepeated = isRepeated });
            return;
        }
    }
}
