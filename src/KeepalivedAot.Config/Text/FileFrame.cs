namespace KeepalivedAot.Config.Text;

/// <summary>A file that is open, and those that wait for its end.</summary>
/// <param name="path">Where it really is; <see cref="SourceFile.Path"/> is what may be shown of that.</param>
/// <param name="waiting">The other files that the same include matched.</param>
/// <param name="includer">The file in which that include stands; null for the main file.</param>
/// <param name="checks">Which mistakes of these files are errors.</param>
/// <param name="outer">The checks that hold again at the end.</param>
internal sealed class FileFrame(
    string path, SourceFile file, LineReader lines, Queue<string> waiting, FileFrame? includer, IncludeChecks checks, IncludeChecks outer)
{
    public string Path => path;
    public SourceFile File => file;
    public LineReader Lines => lines;
    public Queue<string> Waiting => waiting;
    public FileFrame? Includer => includer;
    public IncludeChecks Checks => checks;
    public IncludeChecks Outer => outer;

    /// <summary>It was read before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>How many includes lead to it.</summary>
    public int Depth { get; } = includer is null ? 0 : includer.Depth + 1;

    /// <summary>The directory that relative names in it start from; empty for that of the process.</summary>
    public string Directory { get; } = path.LastIndexOf('/') switch
    {
        < 0 => "",
        0 => "/",
        int slash => path[..slash],
    };

    /// <summary>The file itself or one that led to it, if it is this one.</summary>
    public FileFrame? Find(string path)
    {
        FileFrame? frame = this;
        while (frame is not null && frame.Path != path)
            frame = frame.Includer;
        return frame;
    }
}
