using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Configuration files of this host. Only what is a file is read: a FIFO would stop the daemon, or read as an empty configuration.</summary>
public sealed class HostConfigFiles : IConfigFiles
{
    /// <summary>More than a hundred thousand instances.</summary>
    public const int LongestFile = 64 << 20;

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        OsError failure = FileReader.TryRead(path, LongestFile, out content);
        problem = !failure.IsError ? null : failure.Errno == Errno.EINVAL ? "Not a regular file" : ErrnoText.Of(failure.Errno);
        if (problem is not null)
            content = null;
        return problem is null;
    }
}
