using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

/// <summary>All texts of a parse, and from a <see cref="SourceSpan"/> back to file, line and column.</summary>
/// <remarks>
/// Positions are one space of integers. A file has a range of them, and so has every line that a definition or a sequence made: such a
/// range leads back to where its bytes were written, and knows the steps between. Partial files: the lines that were put together
/// (<c>SourceMap.Expansions.cs</c>), what must not be shown (<c>SourceMap.Secrets.cs</c>).
/// </remarks>
public sealed partial class SourceMap
{
    private const int MostSteps = 16;

    private readonly List<SourceFile> _files = [];
    private int _next = 1;

    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>How many bytes the files have.</summary>
    internal long Length { get; private set; }

    /// <summary>Takes a text in. The bytes must not change afterwards.</summary>
    /// <param name="path">As it is shown.</param>
    /// <param name="includedBy">Where it is included; none for a file that the user named.</param>
    public SourceFile Add(string path, byte[] content, SourceSpan includedBy = default)
    {
        Invariant.Require(content.Length < int.MaxValue - _next, "all texts of a configuration fit into 2 GiB");
        SourceFile file = new(path, content, _next) { IncludedBy = includedBy };
        _files.Add(file);
        _next = file.End + 1;
        Length += content.Length;
        return file;
    }

    /// <summary>Overwrites all texts, as there may be keys in them, and lets go of them. No finding can be shown any more.</summary>
    public void Wipe()
    {
        foreach (SourceFile file in _files)
        {
            Array.Clear(file.Content);
            file.KeepOnly(static (_, _) => false);
        }
        _hidden.Wipe();
        foreach ((_, byte[] text) in _lost.Values.SelectMany(static values => values))
            Array.Clear(text);
        WipeLines();
    }

    public SourceLocation Locate(SourceSpan span)
    {
        span = Written(span);
        SourceFile? file = FileOf(span);
        if (file is null)
            return default;
        int offset = span.Position - file.Start;
        int line = file.LineOf(offset);
        int lineStart = file.LineStart(line);
        ReadOnlySpan<byte> text = file.Line(line);
        int from = Math.Min(offset - lineStart, text.Length);
        int length = Math.Clamp(span.Length, 0, text.Length - from);
        return new SourceLocation(file, line, 1 + Characters(text[..from]), Math.Max(1, Characters(text.Slice(from, length))));
    }

    /// <summary>How the text came to where it was read, the nearest step first: definitions, sequences, then includes.</summary>
    public IReadOnlyList<(SourceLocation Location, string Message)> ChainOf(SourceSpan span)
    {
        if (!span.IsGiven)
            return [];
        List<(SourceLocation, string)>? chain = null;
        SourceSpan at = Written(span);
        for (ExpansionStep? step = StepOf(span); step is not null; step = step.Outer)
        {
            if ((chain ??= []).Count < MostSteps)
                chain.Add((Locate(step.Site), Conceal(step.What)));
            at = step.Site;
        }
        for (int depth = 0; depth < MostSteps && FileOf(at) is { IncludedBy: { IsGiven: true } by }; depth++)
        {
            (chain ??= []).Add((Locate(by), "included from here"));
            at = SiteOf(by);
        }
        return chain ?? [];
    }

    /// <summary>For sorting: where in the files a reader comes upon this, whatever definition it stands in.</summary>
    internal int OrderOf(SourceSpan span) => SiteOf(span).Position;

    private SourceSpan SiteOf(SourceSpan span)
    {
        SourceSpan at = Written(span);
        for (ExpansionStep? step = StepOf(span); step is not null; step = step.Outer)
            at = step.Site;
        return at;
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
        return low < _files.Count && span.Position >= _files[low].Start && span.Position <= _files[low].End ? _files[low] : null;
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
