using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

/// <summary>All texts of a parse, and from a <see cref="SourceSpan"/> back to file, line and column.</summary>
public sealed class SourceMap
{
    private readonly List<SourceFile> _files = [];
    private readonly List<SourceSpan> _secrets = [];
    private int _next = 1;

    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>Takes a text in. The bytes must not change afterwards.</summary>
    public SourceFile Add(string path, byte[] content)
    {
        Invariant.Require(content.Length < int.MaxValue - _next, "all texts of a configuration fit into 2 GiB");
        SourceFile file = new(path, content, _next);
        _files.Add(file);
        _next = file.End + 1;
        return file;
    }

    public SourceLocation Locate(SourceSpan span)
    {
        SourceFile? file = FileOf(span);
        if (file is null)
            return default;
        int offset = span.Position - file.Start;
        int line = file.LineOf(offset);
        int lineStart = file.LineStart(line);
        ReadOnlySpan<byte> text = file.Line(line);
        int from = Math.Min(offset - lineStart, text.Length);
        int length = Math.Min(span.Length, text.Length - from);
        return new SourceLocation(file, line, 1 + Characters(text[..from]), Math.Max(1, Characters(text.Slice(from, length))));
    }

    /// <summary>Keeps what stands there out of everything that is shown.</summary>
    internal void MarkSecret(SourceSpan span) => _secrets.Add(span);

    /// <summary>Sets what is secret of the bytes from <paramref name="position"/> on.</summary>
    internal void MarkSecrets(int position, Span<bool> masked)
    {
        foreach (SourceSpan secret in _secrets)
        {
            int from = Math.Max(secret.Position - position, 0);
            int end = Math.Min(secret.End - position, masked.Length);
            if (from < end)
                masked[from..end].Fill(true);
        }
    }

    private SourceFile? FileOf(SourceSpan span)
    {
        if (!span.IsGiven)
            return null;
        int low = 0;
        int high = _files.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_files[middle].Start <= span.Position)
                low = middle;
            else
                high = middle;
        }
        return low < _files.Count && span.Position <= _files[low].End ? _files[low] : null;
    }

    // A byte that is no UTF-8 counts as one character, as it is shown as one.
    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out _, out int consumed);
            utf8 = utf8[consumed..];
            count++;
        }
        return count;
    }
}
