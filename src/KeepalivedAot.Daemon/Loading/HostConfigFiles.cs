using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>Configuration files of this host. Only what is a file is read: a FIFO would stop the daemon, or read as an empty configuration.</summary>
public sealed class HostConfigFiles : IConfigFiles
{
    /// <summary>Four times the largest that anybody is known to have; a hostile one is not to fill the memory.</summary>
    public const int LongestFile = 24 << 20;

    private const uint Execute = 0x49; // 0111

    public string CurrentDirectory => Environment.CurrentDirectory;

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        OsError failure = FileReader.TryRead(path, LongestFile, out content, isPinned: true);
        problem = !failure.IsError ? null : failure.Errno switch
        {
            Errno.EINVAL => "Not a regular file",
            Errno.EFBIG => $"it has more than {LongestFile >> 20} MiB",
            _ => ErrnoText.Of(failure.Errno),
        };
        if (problem is not null)
            content = null;
        return problem is null;
    }

    public ConfigFileKind Inspect(string path)
    {
        OsError failure = FileStatus.TryReadTarget(path, out FileStatus status);
        if (failure.IsError)
        {
            // A link that leads nowhere is there; reading it will say what is wrong.
            bool isLink = failure.Errno == Errno.ENOENT && !FileStatus.TryRead(path, out status).IsError;
            return isLink ? ConfigFileKind.File : ConfigFileKind.Missing;
        }
        return status.Type switch
        {
            FileType.Directory => ConfigFileKind.Directory,
            FileType.Regular when (status.Mode & Execute) != 0 => ConfigFileKind.Executable,
            FileType.Regular => ConfigFileKind.File,
            _ => ConfigFileKind.Other,
        };
    }

    public long? LengthOf(string path)
        => !FileStatus.TryReadTarget(path, out FileStatus status).IsError && status is { Type: FileType.Regular, Length: <= LongestFile } ? status.Length : null;

    public IReadOnlyList<string>? List(string directory) => DirectoryReader.TryRead(directory, out List<string> names).IsError ? null : names;

    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}
