using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>A key with its value, or a table with its name, the tables that it stands in written out in front.</summary>
/// <param name="Path">From the outermost table; never empty.</param>
/// <param name="Number">Of an integer; truth is 1.</param>
/// <param name="ValueSpan">The value, or the name of the table.</param>
/// <param name="Text">Of a text, without its quotes.</param>
internal sealed record TomlEntry(IReadOnlyList<TomlKey> Path, TomlKind Kind, long Number, SourceSpan ValueSpan, string Text = "")
{
    public SourceSpan KeySpan => Path[^1].Span;

    public string FullName => string.Join('.', Path.Select(static key => key.Name));
}

/// <summary>One part of a dotted key.</summary>
internal readonly record struct TomlKey(string Name, SourceSpan Span);
