namespace KeepalivedAot.Linux.Files;

/// <summary>Whoever wants to know that files of a directory changed.</summary>
public interface IDirectoryObserver
{
    /// <summary>A file in it was written and closed, moved or removed.</summary>
    /// <param name="watch">What <see cref="DirectoryWatcher.TryWatch"/> gave.</param>
    void OnDirectoryChanged(int watch);

    /// <summary>The directory itself was removed, moved away or unmounted; the watch is gone.</summary>
    void OnDirectoryLost(int watch);

    /// <summary>Notifications were lost: anything may have changed.</summary>
    void OnOverflow();
}
