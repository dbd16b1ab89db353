using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Linux.Netlink;

public sealed class KernelNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("eth0")]
    [InlineData("lan:vrrp")]
    [InlineData("exactly-fifteen")]
    [InlineData("größe")]
    public void Text_comes_back(string text)
    {
        Assert.True(KernelName.TryParse(text, out KernelName name));
        Assert.Equal(text, name.ToString());
        Assert.Equal(text.Length == 0, name.IsNone);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(text), name.Length);
        Assert.True(KernelName.TryParse(text, out KernelName same));
        Assert.Equal(name, same);
    }

    [Theory]
    [InlineData("exactly-sixteen!")]
    [InlineData("much longer than a name of an interface can be")]
    public void Text_that_is_too_long_is_refused(string text) => Assert.False(KernelName.TryParse(text, out _));

    [Fact]
    public void Bytes_end_at_the_first_nul_and_are_cut_at_fifteen()
    {
        Assert.Equal("eth0", KernelName.FromBytes("eth0\0rubbish"u8).ToString());
        Assert.Equal("0123456789abcde", KernelName.FromBytes("0123456789abcdefgh"u8).ToString());
        Assert.Equal(KernelName.FromBytes("eth0"u8), KernelName.FromBytes("eth0\0rubbish"u8));
    }

    [Fact]
    public void Formatting_needs_room_for_all_of_it()
    {
        KernelName name = KernelName.FromBytes("eth0"u8);
        Assert.False(name.TryFormat(new byte[3], out _, default, null));
        byte[] exact = new byte[4];
        Assert.True(name.TryFormat(exact, out int written, default, null));
        Assert.Equal((4, "eth0"), (written, System.Text.Encoding.UTF8.GetString(exact)));
    }
}
