using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>The files of a host, as far as <see cref="HostLints"/> and <see cref="KeyFiles"/> look at them. Nothing is changed.</summary>
internal interface IHostFiles
{
    /// <summary>What stands at a path; a symbolic link at its end is not followed.</summary>
    OsError TryLook(string path, out FileStatus found);

    /// <summary>What a path leads to, symbolic links followed.</summary>
    OsError TryLookThrough(string path, out FileStatus found);

    /// <summary>Where a symbolic link points, as it is written in it.</summary>
    OsError TryReadLink(string path, out string target);

    /// <summary>The first bytes of a regular file, at most <paramref name="length"/>; never waits.</summary>
    OsError TryReadStart(string path, int length, out byte[] start);
}

/// <summary>The files of the host that we run on.</summary>
internal sealed class HostFiles : IHostFiles
{
    public OsError TryLook(string path, out FileStatus found) => FileStatus.TryRead(path, out found);

    public OsError TryLookThrough(string path, out FileStatus found) => FileStatus.TryReadTarget(path, out found);

    public OsError TryReadLink(string path, out string target) => FileStatus.TryReadLink(path, out target);

    public OsError TryReadStart(string path, int length, out byte[] start) => FileReader.TryReadStart(path, length, out start);
}
