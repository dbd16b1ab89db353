using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Namespaces;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>
/// <c>/run/keepalived</c>: the record of kernel objects, and pid files that want a directory of their own. A daemon in a network namespace
/// sees its own directory below it in its place, so that several of them can use the same names.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    public const string Common = "/run/keepalived";
    private const uint Mode = 0x1ED; // 0755

    private readonly Log _log;
    private readonly List<string> _made = [];
    private bool _isMounted;

    private RunDirectory(Log log) => _log = log;

    /// <summary>Where this daemon's files are, as the daemon sees it.</summary>
    public string Path { get; private set; } = Common;

    /// <summary>Makes the directory. With a namespace it also leaves the host's mount namespace.</summary>
    /// <param name="network">The network namespace, entered already; null when it is that of the start.</param>
    public static RunDirectory Open(NetworkNamespace? network, Log log, out OsError failure)
    {
        RunDirectory directory = new(log);
        failure = directory.Make(Common);
        if (!failure.IsError && network is not null)
            failure = directory.MakeOwn($"{Common}/{network.FileName}");
        return directory;
    }

    /// <summary>Makes it again when another daemon has removed it because it was empty, or when there was no room for it at first.</summary>
    public OsError MakeAgain()
    {
        if (_made.Count == 0 && !_isMounted)
            return Make(Common);
        OsError failure = OsError.None;
        foreach (string path in _isMounted ? [] : _made)
        {
            if (!failure.IsError)
                failure = FileSystem.MakeDirectory(path, Mode);
        }
        return failure;
    }

    /// <summary>What is empty goes.</summary>
    public void Dispose()
    {
        if (_isMounted)
            Warn(MountNamespace.Unmount(Common));
        _isMounted = false;
        for (int i = _made.Count - 1; i >= 0; i--)
            Warn(FileSystem.RemoveDirectoryIfEmpty(_made[i]));
        _made.Clear();
    }

    private OsError Make(string path)
    {
        OsError failure = FileSystem.MakeDirectory(path, Mode);
        if (!failure.IsError)
            _made.Add(path);
        return failure;
    }

    private OsError MakeOwn(string own)
    {
        OsError failure = Make(own);
        if (failure.IsError)
            return failure;
        failure = MountNamespace.Leave();
        if (!failure.IsError)
            failure = MountNamespace.Bind(own, Common);
        if (failure.IsError)
        {
            // Some containers allow the one and not the other. Seen from outside the files are in the same place.
            Path = own;
            _log.Write(LogLevel.Warning, EventIds.Namespace, $"No mount namespace of our own ({failure}): pid files are in {own} for scripts, too");
        }
        _isMounted = !failure.IsError;
        return OsError.None;
    }

    private void Warn(OsError failure)
    {
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.Namespace, $"The run directory stays: {failure}");
    }
}
