using KeepalivedAot.Daemon.Client;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>What <c>top</c> writes to the terminal.</summary>
public class ScreenTests
{
    private readonly Screen _screen = new();

    [Fact]
    public void First_look_draws_all_and_the_next_only_what_has_changed()
    {
        Assert.Equal("\e[H\e[2J\e[1;1Hup 1 s\e[2;1HVI_1 MASTER\e[3;1H", _screen.Draw(["up 1 s", "VI_1 MASTER"], (24, 80)));
        Assert.Equal("\e[1;4H2 s\e[3;1H", _screen.Draw(["up 2 s", "VI_1 MASTER"], (24, 80)));
        Assert.Equal("", _screen.Draw(["up 2 s", "VI_1 MASTER"], (24, 80)));
    }

    [Fact]
    public void What_gets_shorter_or_goes_is_wiped()
    {
        _screen.Draw(["abc", "def", "ghi"], (24, 80));
        Assert.Equal("\e[1;3H\e[K\e[2;1H\e[K\e[3;1H\e[K\e[2;1H", _screen.Draw(["ab"], (24, 80)));
    }

    [Fact]
    public void Nothing_is_wider_or_longer_than_the_terminal()
    {
        string drawn = _screen.Draw(["0123456789", "b", "c", "d"], (3, 5));
        Assert.Equal("\e[H\e[2J\e[1;1H01234\e[2;1H… and 3 lines more\e[3;1H", drawn);
    }

    [Fact]
    public void Another_size_draws_all_anew()
    {
        _screen.Draw(["a"], (24, 80));
        Assert.StartsWith("\e[H\e[2J", _screen.Draw(["a"], (25, 80)), StringComparison.Ordinal);
    }
}
