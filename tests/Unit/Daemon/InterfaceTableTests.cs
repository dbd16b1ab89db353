using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>When the table of interfaces may be believed.</summary>
public sealed class InterfaceTableTests : ILogSink
{
    private readonly List<string> _lines = [];

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    private InterfaceTable Table()
    {
        InterfaceTable table = new(new Log(this, LogLevel.Info));
        table.OnSnapshotBegin(0);
        table.OnSnapshotEnd(0, Errno.None);
        return table;
    }

    [Fact]
    public void Failed_snapshot_of_everything_is_not_made_good_by_one_of_an_interface()
    {
        InterfaceTable table = Table();
        table.OnSnapshotBegin(0);
        table.OnSnapshotEnd(0, Errno.EAGAIN);
        table.OnSnapshotBegin(3);
        table.OnSnapshotEnd(3, Errno.None);
        Assert.True(table.IsStale);

        table.OnSnapshotBegin(0);
        table.OnSnapshotEnd(0, Errno.None);
        Assert.False(table.IsStale);
    }

    // A reload begins to use an interface that has been there all the time.
    [Fact]
    public void First_word_of_an_interface_is_no_news_and_the_next_is()
    {
        InterfaceTable table = Table();
        table.Track("eth1", out _);
        LinkInfo link = new() { Index = 3, Name = KernelName.FromBytes("eth1"u8), Flags = LinkFlags.Up | LinkFlags.Running };
        table.OnSnapshotBegin(0);
        table.OnLink(link);
        table.OnSnapshotEnd(0, Errno.None);
        Assert.Empty(_lines);

        table.OnLinkGone(3, link.Name);
        table.OnLink(link with { Index = 4 });
        Assert.Equal(["Interface eth1 deleted", "Interface eth1 added"], _lines);
    }

    [Fact]
    public void Interface_that_was_looked_for_in_vain_is_added_when_it_comes()
    {
        InterfaceTable table = Table();
        table.Track("eth1", out _);
        table.OnSnapshotBegin(0);
        table.OnSnapshotEnd(0, Errno.None);
        table.OnLink(new LinkInfo { Index = 3, Name = KernelName.FromBytes("eth1"u8) });
        Assert.Equal(["Interface eth1 added"], _lines);
    }

    [Theory]
    [InlineData(Errno.ENODEV, false)]
    [InlineData(Errno.EINTR, true)]
    public void Failed_snapshot_of_an_interface_is_taken_again_unless_it_is_gone(Errno error, bool isStale)
    {
        InterfaceTable table = Table();
        table.OnSnapshotBegin(3);
        table.OnSnapshotEnd(3, error);
        Assert.Equal(isStale, table.IsStale);
    }
}
