using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>What of a file and of its layout must not be shown in a difference between them.</summary>
/// <remarks>
/// The file is read as <c>check</c> reads it, for the ids of its conditional lines, so that both mask the same. What of a line is masked
/// before is masked in the lines that were made of it.
/// </remarks>
internal sealed class DiffSecrets
{
    // A difference is no reason to fill memory, nor is it one to read a large file ten times.
    private const int MostMemory = 8 << 20;
    private const int LeastMemory = 1 << 20;
    private const int LargestForAllIds = 1 << 20;

    private readonly SecretMask _mask;
    private readonly List<byte[]> _words = [];

    private DiffSecrets(SourceMap sources) => _mask = new SecretMask(sources);

    /// <param name="before">The file, with its positions.</param>
    /// <param name="after">The layout.</param>
    public static DiffSecrets Find(FormatResult result, out SourceFile before, out SourceFile after)
    {
        SourceMap sources = new();
        before = sources.Add(result.File.Path, result.File.Content);
        after = sources.Add(result.File.Path, result.Text);
        if (result.Files is { } files)
        {
            int left = ConfigurationFormatter.MostMemory - result.File.Content.Length - result.Text.Length;
            long most = before.Content.Length + Math.Clamp(left, LeastMemory, MostMemory);
            List<string> ids = MeaningComparison.IdsOf(result.File.Content, result.Ids);
            foreach (string id in before.Content.Length > LargestForAllIds ? ids[..1] : ids)
            {
                LoadOptions options = new() { ConfigId = id, IsConfigTest = true, KeepsServers = false, MostMemory = most };
                LoadResult reading = ConfigurationLoader.Load(before.Path, new TextInMemory(before.Path, before.Content, files), options);
                if (reading.Sources.Files is [{ } main, ..] && ReferenceEquals(main.Content, before.Content))
                    sources.TakeSecretsOf(reading.Sources);
            }
        }
        return new DiffSecrets(sources);
    }

    /// <summary>Masks a line of the file.</summary>
    /// <param name="position">Of its first byte.</param>
    /// <param name="shown">A copy of the line, of which the secrets are taken out.</param>
    public void MaskBefore(int position, Span<byte> shown) => Apply(_mask.Of(position, shown), shown);

    /// <summary>Masks a line of the layout.</summary>
    /// <param name="origin">The line of the file that it was made of, and its position.</param>
    public void MaskAfter(int position, Span<byte> shown, int originPosition, ReadOnlySpan<byte> origin)
    {
        bool[] masked = _mask.Of(position, shown);
        FindWords(origin, _mask.Of(originPosition, origin));
        foreach (byte[] word in _words)
            MarkWord(shown[..masked.Length], word, masked);
        Apply(masked, shown);
    }

    // Blanks are never masked, so these are words, or parts of some.
    private void FindWords(ReadOnlySpan<byte> line, bool[] masked)
    {
        _words.Clear();
        for (int at = 0; at < masked.Length; at++)
        {
            int start = at;
            while (at < masked.Length && masked[at])
                at++;
            if (at > start)
                _words.Add(line[start..at].ToArray());
        }
    }

    private static void MarkWord(ReadOnlySpan<byte> line, byte[] word, Span<bool> masked)
    {
        for (int from = 0; line[from..].IndexOf(word) is >= 0 and int found; from += found + 1)
        {
            int start = from + found;
            int end = start + word.Length;
            if (IsEdge(line, start - 1) && IsEdge(line, end))
                masked[start..end].Fill(true);
        }
    }

    private static bool IsEdge(ReadOnlySpan<byte> line, int at)
        => at < 0 || at >= line.Length || Blank.Is(line[at]) || line[at] is (byte)'"' or (byte)'{' or (byte)'}';

    private static void Apply(bool[] masked, Span<byte> shown)
    {
        for (int i = 0; i < masked.Length; i++)
            shown[i] = masked[i] ? (byte)'*' : shown[i];
    }
}
