using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Linux.Files;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>Configuration files of this host, and what the last reading of them saw: whether it would see the same now can be asked.</summary>
/// <remarks>
/// A file is told from another by inode, length and time, as they were before it was read; what changes behind that is a change. Of a directory
/// that was listed for a pattern the names count, but for those that begin with a dot: editors keep theirs there.
/// </remarks>
internal sealed class SeenFiles(IConfigFiles files) : IConfigFiles
{
    // As many as the kernel follows (MAXSYMLINKS).
    private const int MostLinks = 40;

    private readonly Dictionary<string, FileStatus> _seen = [];
    private readonly Dictionary<string, string[]> _listed = [];

    public string CurrentDirectory => files.CurrentDirectory;

    /// <summary>Another reading begins.</summary>
    public void Forget()
    {
        _seen.Clear();
        _listed.Clear();
    }

    /// <summary>Whether another reading would find something else.</summary>
    public bool HaveChanged()
    {
        foreach ((string path, FileStatus status) in _seen)
        {
            if (StatusOf(path) != status)
                return true;
        }
        foreach ((string directory, string[] names) in _listed)
        {
            if (!NamesIn(files.List(directory)).AsSpan().SequenceEqual(names))
                return true;
        }
        return false;
    }

    /// <summary>Whether a file was not there. Not everything that makes one be there shows in its directory.</summary>
    public bool LackedAny => _seen.ContainsValue(default);

    /// <summary>Whether a file has changed at or after a moment: whoever writes it may not have come to its end.</summary>
    public bool HaveChangedSince(UnixTime moment)
    {
        foreach ((string path, FileStatus status) in _seen)
        {
            FileStatus now = StatusOf(path);
            if (now != status && now.ModifiedAt.Nanoseconds >= moment.Nanoseconds)
                return true;
        }
        return false;
    }

    /// <summary>The directories in which a change of what was read shows: also those of symbolic links on the way, and where these lead to.</summary>
    public HashSet<string> Directories()
    {
        HashSet<string> directories = [];
        foreach (string directory in _listed.Keys)
            directories.Add(Follow(Path.GetFullPath(directory), directories));
        foreach (string path in _seen.Keys)
            directories.Add(DirectoryOf(Follow(Path.GetFullPath(path), directories)));
        return directories;
    }

    // Where a path leads; the directories of the links on the way are added.
    private static string Follow(string path, HashSet<string> directories)
    {
        int links = 0;
        for (int at = path.IndexOf('/', 1); links < MostLinks; at = path.IndexOf('/', at + 1))
        {
            string part = at < 0 ? path : path[..at];
            if (!FileStatus.TryReadLink(part, out string target).IsError)
            {
                directories.Add(DirectoryOf(part));
                path = Path.GetFullPath(Path.Combine(DirectoryOf(part), target) + path[part.Length..]);
                // From the beginning: the way of the link may have links, too.
                at = 0;
                links++;
            }
            else if (at < 0)
            {
                break;
            }
        }
        return path;
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? "/";

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        See(path);
        return files.TryRead(path, out content, out problem);
    }

    public ConfigFileKind Inspect(string path)
    {
        See(path);
        return files.Inspect(path);
    }

    public long? LengthOf(string path) => files.LengthOf(path);

    public IReadOnlyList<string>? List(string directory)
    {
        IReadOnlyList<string>? names = files.List(directory);
        _listed.TryAdd(directory, NamesIn(names));
        return names;
    }

    public string? GetVariable(string name) => files.GetVariable(name);

    // The first look counts: it was before the reading.
    private void See(string path)
    {
        if (!_seen.ContainsKey(path))
            _seen.Add(path, StatusOf(path));
    }

    // What is not there has a status like no file's.
    private static FileStatus StatusOf(string path)
    {
        FileStatus.TryReadTarget(path, out FileStatus status);
        return status;
    }

    private static string[] NamesIn(IReadOnlyList<string>? names)
        => names is null ? [] : [.. names.Where(static name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
}
