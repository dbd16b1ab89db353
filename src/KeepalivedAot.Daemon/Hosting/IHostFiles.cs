using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The files of a host, as far as <see cref="HostLints"/> looks at them. Nothing is changed.</summary>
internal interface IHostFiles
{
    /// <summary>What stands at a path; a symbolic link at its end is not followed (lstat(2)).</summary>
    OsError TryLook(string path, out HostFile found);

    /// <summary>Where a symbolic link points, as it is written in it.</summary>
    OsError TryReadLink(string path, out string target);

    /// <summary>The first bytes of a regular file, at most <paramref name="limit"/>; never waits.</summary>
    OsError TryReadStart(string path, int limit, out byte[] start);
}

/// <summary>Type, owner and permissions of a file.</summary>
/// <param name="Mode">The twelve permission bits: 04755.</param>
internal readonly record struct HostFile(HostFileType Type, uint Mode, uint UserId, uint GroupId);

internal enum HostFileType : byte
{
    Other,
    Regular,
    Directory,
    SymbolicLink,
}
