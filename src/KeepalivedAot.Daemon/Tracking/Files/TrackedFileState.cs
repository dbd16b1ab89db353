using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Tracking.Files;

/// <summary>One tracked file: where it is and what was last read.</summary>
internal sealed class TrackedFileState(TrackFileBlock block)
{
    /// <summary>Given to a file whose directory cannot be watched now.</summary>
    public const int NoWatch = -1;

    public TrackerId Id { get; } = new(TrackerKind.File, block.Name);

    public string Path { get; } = block.File!;

    /// <summary>The directory that is watched for it.</summary>
    public string Directory { get; } = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(block.File!)) ?? "/";

    public InitialContent? InitialContent { get; } = block.InitialContent;

    /// <summary>The number of the watch of its directory.</summary>
    public int Watch { get; set; } = NoWatch;

    /// <summary>It may hold something else now.</summary>
    public bool IsDirty { get; set; }

    /// <summary>The number it held when it could last be read as one.</summary>
    public int Value { get; set; }

    /// <summary>It holds a number that is none of 32 bits, and the log has been told.</summary>
    public bool IsBeyond { get; set; }

    /// <summary>Why it could not be read or watched, as far as the log has been told.</summary>
    public Errno Complaint { get; set; }
}
