using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// Which parts of the files nobody asks for when they have been read and checked: virtual servers make a file large, and no other file
// is compared with them.
public sealed partial class SourceMap
{
    private readonly List<(int Position, bool IsOfServers)> _sections = [];

    /// <summary>How many bytes of text are in memory.</summary>
    internal long BytesKept => _files.Sum(static file => (long)file.BytesKept);

    /// <summary>From here on the file holds virtual servers, or something else again.</summary>
    internal void NoteSection(SourceSpan keyword, bool isOfServers)
    {
        if (_sections.Count == 0 || _sections[^1].IsOfServers != isOfServers || FileOf(keyword) != FileOf(new SourceSpan(_sections[^1].Position, 0)))
            _sections.Add((keyword.Position, isOfServers));
    }

    /// <summary>Lets go of the text of virtual servers, but for what the findings show.</summary>
    internal void ForgetServers(IEnumerable<Diagnostic> findings)
    {
        // The text of anything may stand in a definition.
        if (_lines.Count > 0 || !_sections.Exists(static section => section.IsOfServers))
            return;
        _sections.Sort();
        HashSet<(SourceFile, int)> shown = [.. findings.SelectMany(PlacesOf).Where(static place => place.File is not null).Select(static place => (place.File!, place.Line))];
        foreach (SourceFile file in _files)
        {
            SourceFile of = file;
            file.KeepOnly((from, end) => !IsOfServers(of, from, end) || Enumerable.Range(of.LineOf(from), SourceFile.Stride).Any(line => shown.Contains((of, line))));
        }
    }

    private static IEnumerable<SourceLocation> PlacesOf(Diagnostic finding)
        => [finding.Location, .. finding.Chain.Concat(finding.Related).SelectMany(static place => (IEnumerable<RelatedPlace>)[place, .. place.Chain ?? []]).Select(static place => place.Location)];

    private bool IsOfServers(SourceFile file, int from, int end)
    {
        int at = _sections.FindLastIndex(section => section.Position <= file.Start + from);
        if (at < 0 || _sections[at].Position < file.Start)
            return false;
        return _sections[at].IsOfServers && (at + 1 == _sections.Count || _sections[at + 1].Position >= file.Start + end);
    }
}
