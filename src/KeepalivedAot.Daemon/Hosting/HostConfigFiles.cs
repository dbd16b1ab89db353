using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Configuration files of this host. Only what is a file is read: a FIFO would stop the daemon, or read as an empty configuration.</summary>
public sealed class HostConfigFiles : IConfigFiles
{
    /// <summary>Three times the largest that anybody is known to have; a hostile one is not to fill the memory.</summary>
    public const int LongestFile = 16 << 20;

    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        OsError failure = FileReader.TryRead(path, LongestFile, out content);
        problem = !failure.IsError ? null : failure.Errno == Errno.EINVAL ? "Not a regular file" : ErrnoText.Of(failure.Errno);
        if (problem is not null)
            content = null;
        return problem is null;
    }

    public ConfigFileKind Inspect(string path)
    {
        // Files that need not be there often are not, and an exception costs more than the rest of a start.
        if (!Path.Exists(path))
            return ConfigFileKind.Missing;
        try
        {
            FileAttributes attributes = File.GetAttributes(path);
            if (attributes.HasFlag(FileAttributes.Directory))
                return ConfigFileKind.Directory;
            string target = attributes.HasFlag(FileAttributes.ReparsePoint)
                ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path
                : path;
            if (File.GetAttributes(target).HasFlag(FileAttributes.Directory))
                return ConfigFileKind.Directory;
            if (!File.Exists(target))
                return ConfigFileKind.Missing;
            // A device or a FIFO has this attribute instead of being normal.
            if (File.GetAttributes(target).HasFlag(FileAttributes.Device))
                return ConfigFileKind.Other;
            if (!OperatingSystem.IsLinux())
                return ConfigFileKind.File;
            return (File.GetUnixFileMode(target) & Execute) != 0 ? ConfigFileKind.Executable : ConfigFileKind.File;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ConfigFileKind.Missing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever it is: reading it will say why that cannot be done.
            return ConfigFileKind.File;
        }
    }

    public IReadOnlyList<string>? List(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(static p => Path.GetFileName(p))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}
