using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>Reads <c>keepalived-aot.toml</c>; all mistakes come out in one run, and what is wrong keeps its default.</summary>
public static class SettingsLoader
{
    /// <summary>A hundred times what all settings take; a hostile file cannot make the TOML library fill the memory.</summary>
    public const int LongestFile = 64 << 10;

    /// <summary>The file by itself, as <c>check</c> reads it. One that is not there is a mistake here: somebody named it.</summary>
    public static LoadResult Load(string path, IConfigFiles files)
    {
        SourceMap sources = new();
        DiagnosticBag diagnostics = new(sources);
        return new LoadResult(new Configuration(), diagnostics, sources) { Settings = Load(path, files, diagnostics) };
    }

    /// <summary>The file beside a configuration, whose findings it joins.</summary>
    public static Settings Load(string path, IConfigFiles files, DiagnosticBag diagnostics)
    {
        if (!files.TryRead(path, out byte[]? content, out string? problem))
            return Refuse($"cannot read '{path}': {problem}");
        if (content.Length > LongestFile)
            return Refuse($"'{path}' has more than {LongestFile >> 10} KiB");
        SourceFile file = diagnostics.Sources.Add(path, content);
        // The file as it is installed: the library is not even loaded for it.
        return HasOnlyComments(content) ? Settings.Default : new SettingsReader(diagnostics).Read(TomlReader.Read(file, diagnostics));

        Settings Refuse(string message)
        {
            diagnostics.ReportFile(DiagnosticCatalogue.TomlNotReadable, diagnostics.Sources.Add(path, []), message);
            return Settings.Default;
        }
    }

    private static bool HasOnlyComments(ReadOnlySpan<byte> content)
    {
        foreach (Range line in content.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = content[line].TrimStart(" \t\r"u8);
            if (!text.IsEmpty && text[0] != (byte)'#')
                return false;
            // Not all bytes may stand in a comment.
            if (text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is >= 0 and int odd && text[odd..] is not [(byte)'\r'])
                return false;
        }
        return true;
    }
}
