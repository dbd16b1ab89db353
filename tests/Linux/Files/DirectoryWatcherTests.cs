using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Files;

/// <summary>inotify as the kernel does it.</summary>
public sealed class DirectoryWatcherTests : IDirectoryObserver, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _heard = [];
    private readonly DirectoryWatcher _watcher;
    private readonly int _watch;

    public DirectoryWatcherTests()
    {
        Directory.CreateDirectory(_directory.PathOf("d"));
        OsError failure = DirectoryWatcher.Open(this, out DirectoryWatcher? watcher);
        Assert.False(failure.IsError, failure.ToString());
        _watcher = watcher!;
        failure = _watcher.TryWatch(_directory.PathOf("d"), out _watch);
        Assert.False(failure.IsError, failure.ToString());
    }

    private string Tracked => _directory.PathOf("d/file");

    public void Dispose()
    {
        _watcher.Dispose();
        _directory.Dispose();
    }

    void IDirectoryObserver.OnDirectoryChanged(int watch) => _heard.Add($"changed {watch == _watch}");

    void IDirectoryObserver.OnDirectoryLost(int watch) => _heard.Add($"lost {watch == _watch}");

    void IDirectoryObserver.OnOverflow() => _heard.Add("overflow");

    [Fact]
    public void OnReadable_nothingHappened_takesNothing()
    {
        Assert.Equal(DrainResult.Empty(0), _watcher.OnReadable(default, 1));
        Assert.Empty(_heard);
    }

    [Fact]
    public void OnReadable_fileWritten_isChanged()
    {
        File.WriteAllText(Tracked, "1");
        DrainUntil(1);
        Assert.Equal(["changed True"], _heard);
    }

    [Fact]
    public void OnReadable_fileReplacedByRename_isChanged()
    {
        File.WriteAllText(_directory.PathOf("new"), "1");
        File.Move(_directory.PathOf("new"), Tracked);
        DrainUntil(1);
        Assert.Equal("changed True", Assert.Single(_heard.Distinct()));
    }

    [Fact]
    public void OnReadable_fileRemoved_isChanged()
    {
        File.WriteAllText(Tracked, "1");
        DrainUntil(1);
        File.Delete(Tracked);
        DrainUntil(2);
        Assert.Equal(["changed True", "changed True"], _heard);
    }

    [Fact]
    public void OnReadable_fileOnlyRead_isNothing()
    {
        File.WriteAllText(Tracked, "1");
        DrainUntil(1);
        File.ReadAllText(Tracked);
        Drain();
        Assert.Single(_heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnReadable_directoryGone_isLostOnceAndCanBeWatchedAgain(bool isMoved)
    {
        if (isMoved)
            Directory.Move(_directory.PathOf("d"), _directory.PathOf("elsewhere"));
        else
            Directory.Delete(_directory.PathOf("d"));
        DrainUntil(1);
        Assert.Equal(["lost True"], _heard);
        Assert.Equal(Errno.ENOENT, _watcher.TryWatch(_directory.PathOf("d"), out _).Errno);

        Directory.CreateDirectory(_directory.PathOf("d"));
        Assert.False(_watcher.TryWatch(_directory.PathOf("d"), out int again).IsError);
        Assert.NotEqual(_watch, again);
        File.WriteAllText(Tracked, "1");
        DrainUntil(2);
        Assert.Equal(["lost True", "changed False"], _heard);
    }

    [Fact]
    public void TryWatch_twice_isTheSameWatch()
    {
        Assert.False(_watcher.TryWatch(_directory.PathOf("d"), out int again).IsError);
        Assert.Equal(_watch, again);
    }

    [Fact]
    public void TryWatch_file_isRefused()
    {
        File.WriteAllText(Tracked, "1");
        Assert.Equal(Errno.ENOTDIR, _watcher.TryWatch(Tracked, out _).Errno);
    }

    [Fact]
    public void OnReadable_moreThanTheQueueHolds_isAnOverflow()
    {
        // fs.inotify.max_queued_events is 16384 unless set otherwise. Equal events in a row are one, so two files take turns.
        int limit = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"));
        Assert.SkipUnless(limit <= 100_000, "the queue is too long to be filled");
        for (int i = 0; i <= 2 * limit; i++)
            File.WriteAllBytes(_directory.PathOf(i % 2 == 0 ? "d/a" : "d/b"), []);
        Drain();
        Assert.Contains("overflow", _heard);
    }

    // The kernel reports a change when the last user of the file is gone. A process that another test is just starting has a copy of every
    // descriptor until it executes, and is one for that time; so is one that looks through the parent directory.
    private void DrainUntil(int heard) => SpinWait.SpinUntil(
        () =>
        {
            Drain();
            return _heard.Count >= heard;
        },
        TimeSpan.FromSeconds(10));

    private void Drain()
    {
        while (_watcher.OnReadable(default, 1).Taken > 0)
        {
        }
    }
}
