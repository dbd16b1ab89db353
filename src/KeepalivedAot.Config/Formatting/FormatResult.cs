using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>What came of formatting one file: its canonical text, or the reason why it is left alone.</summary>
public sealed class FormatResult
{
    internal FormatResult(SourceFile file, DiagnosticBag diagnostics)
    {
        File = file;
        Diagnostics = diagnostics;
    }

    /// <summary>Why the file is left alone, each with its place; empty when it was formatted.</summary>
    public DiagnosticBag Diagnostics { get; }

    /// <summary>The canonical text; empty when there are diagnostics.</summary>
    public byte[] Text { get; internal init; } = [];

    public bool IsFormatted => Diagnostics.Count == 0;

    /// <summary>The file is as it should be.</summary>
    public bool IsCanonical => IsFormatted && File.Content.AsSpan().SequenceEqual(Text);

    internal SourceFile File { get; }

    /// <summary>Where included files are found.</summary>
    internal IConfigFiles? Files { get; init; }

    /// <summary>The config-ids that somebody asked for.</summary>
    internal string[] Ids { get; init; } = [];

    /// <summary>For each line of <see cref="Text"/> the line, from 1, that it was made of.</summary>
    internal IReadOnlyList<int> Origins { get; init; } = [];
}
