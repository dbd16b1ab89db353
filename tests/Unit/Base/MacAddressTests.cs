using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Tests.Unit.Base;

public class MacAddressTests
{
    [Fact]
    public void Bytes_and_text_survive_both_ways()
    {
        byte[] bytes = [0x00, 0x00, 0x5E, 0x00, 0x01, 0x33];
        MacAddress address = MacAddress.FromBytes(bytes);
        byte[] copy = new byte[6];
        address.CopyTo(copy);
        Assert.Equal(bytes, copy);
        Assert.Equal("00:00:5e:00:01:33", address.ToString());
        Assert.Equal("ff:ff:ff:ff:ff:ff", MacAddress.Broadcast.ToString());
        Assert.False(address.TryFormat(new byte[16], out _, default, null));
    }
}
