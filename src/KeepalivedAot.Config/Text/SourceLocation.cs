namespace KeepalivedAot.Config.Text;

/// <summary>A span as a user reads it.</summary>
/// <param name="File">The file, or null when the fault is not in a file's text.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Length">In characters, within the line.</param>
public readonly record struct SourceLocation(SourceFile? File, int Line, int Column, int Length)
{
    public string Path => File?.Path ?? "";

    public override string ToString() => Line == 0 ? Path : $"{Path}:{Line}:{Column}";
}
