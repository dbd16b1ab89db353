using System.Text;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>A tree of files with owners and modes. Directories on the way to a file are there, root's, mode 0755.</summary>
internal sealed class ModelFiles : IHostFiles
{
    private readonly Dictionary<string, (FileStatus Status, string Content)> _entries = new() { ["/"] = (new FileStatus(FileType.Directory, 0x1ED, 0, 0), "") };

    public ModelFiles()
    {
        File("/etc/passwd", "0644", content: "root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\n");
        File("/etc/group", "0644", content: "root:x:0:\nbob:x:1000:\nweb:x:33:bob\n");
    }

    public ModelFiles File(string path, string mode, uint user = 0, uint group = 0, string content = "") => Add(FileType.Regular, path, mode, user, group, content);

    public ModelFiles Directory(string path, string mode, uint user = 0, uint group = 0) => Add(FileType.Directory, path, mode, user, group, "");

    public ModelFiles Link(string path, string target) => Add(FileType.SymbolicLink, path, "0777", 0, 0, target);

    public ModelFiles Special(string path) => Add(FileType.Other, path, "0755", 0, 0, "");

    OsError IHostFiles.TryLook(string path, out FileStatus found)
    {
        bool isThere = _entries.TryGetValue(path, out (FileStatus Status, string Content) entry);
        found = entry.Status;
        return isThere ? OsError.None : new OsError("lstat", path, Parent(path).Type == FileType.Directory ? Errno.ENOENT : Errno.ENOTDIR);
    }

    OsError IHostFiles.TryLookThrough(string path, out FileStatus found)
    {
        OsError failure = ((IHostFiles)this).TryLook(path, out found);
        return !failure.IsError && found.Type == FileType.SymbolicLink ? ((IHostFiles)this).TryLookThrough(_entries[path].Content, out found) : failure;
    }

    OsError IHostFiles.TryReadLink(string path, out string target)
    {
        target = _entries[path].Content;
        return OsError.None;
    }

    OsError IHostFiles.TryReadStart(string path, int length, out byte[] start)
    {
        bool isThere = _entries.TryGetValue(path, out (FileStatus Status, string Content) entry);
        if (isThere && entry.Status.Type == FileType.SymbolicLink)
            return ((IHostFiles)this).TryReadStart(entry.Content, length, out start);
        start = isThere ? [.. Encoding.UTF8.GetBytes(entry.Content).Take(length)] : [];
        return isThere ? OsError.None : new OsError("open", path, Errno.ENOENT);
    }

    private FileStatus Parent(string path) => _entries.GetValueOrDefault(ParentPath(path)).Status;

    private static string ParentPath(string path) => Path.GetDirectoryName(path)!;

    private ModelFiles Add(FileType type, string path, string mode, uint user, uint group, string content)
    {
        for (string parent = ParentPath(path); !_entries.ContainsKey(parent); parent = ParentPath(parent))
            _entries[parent] = (new FileStatus(FileType.Directory, 0x1ED, 0, 0), "");
        _entries[path] = (new FileStatus(type, Convert.ToUInt32(mode, 8), user, group), content);
        return this;
    }
}
