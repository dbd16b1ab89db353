using System.Text;
using KeepalivedAot.Daemon.Hosting;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>The file of <c>reload_time_file</c>, as keepalived 2.2.7 was seen to take it.</summary>
public sealed class ReloadTimeTests
{
    // 2026-11-30 07:45:33 UTC.
    private const long Now = 1796024733;
    private const int Hour = 3600;

    [Theory]
    [InlineData("07:46:32", 0, Now + 59, false)]
    [InlineData("07:46:32\n", 0, Now + 59, false)]
    // What has been today is tomorrow.
    [InlineData("07:44:03", 0, Now - 90 + 86400, false)]
    [InlineData("07:45:33", 0, Now + 86400, false)]
    [InlineData("07:46:32Z", Hour, Now + 59, false)]
    [InlineData("08:46:32", Hour, Now + 59, false)]
    [InlineData("26-11-30 07:47:04", 0, Now + 91, true)]
    [InlineData("2026-11-30 07:47:04", 0, Now + 91, true)]
    [InlineData("2026-11-30 07:47:04Z", -5 * Hour, Now + 91, true)]
    [InlineData("2026-11-30 02:47:04", -5 * Hour, Now + 91, true)]
    [InlineData("2026-11-30 07:44:04", 0, Now - 89, true)]
    // The day is that of the local clock: 23:45 there is on the day before.
    [InlineData("23:50:00", -8 * Hour, Now + 267, false)]
    public void Time_is_understood(string text, int offset, long due, bool hasDate)
    {
        Assert.True(ReloadTime.TryParse(Encoding.ASCII.GetBytes(text), Now, _ => offset, out ReloadTime time));
        Assert.Equal(new ReloadTime(due, hasDate), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("25:00:00")]
    [InlineData("7:45:33 pm")]
    [InlineData("2026-13-01 00:00:00")]
    [InlineData("2026-02-30 00:00:00")]
    [InlineData("12:00")]
    public void What_is_no_time_is_refused(string text)
        => Assert.False(ReloadTime.TryParse(Encoding.ASCII.GetBytes(text), Now, _ => 0, out _));

    // Clocks go from +1 h to +2 h at 2027-03-28 01:00 UTC: 02:30 is not there, 03:30 is one hour and a half after 01:59.
    [Fact]
    public void Hour_in_which_clocks_change_gives_a_time_that_is_there()
    {
        const long Change = 1806195600;
        Func<long, int> offset = at => at < Change ? Hour : 2 * Hour;
        Assert.True(ReloadTime.TryParse("03:30:00"u8, Change - 60, offset, out ReloadTime time));
        Assert.Equal(Change + 1800, time.UnixSeconds);
    }

    [Fact]
    public void Time_is_logged_as_keepalived_does()
        => Assert.Equal("2026-11-30 08:45:33", new ReloadTime(Now, HasDate: true).Format(_ => Hour));
}
