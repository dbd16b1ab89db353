using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Tests.Unit.Base;

public class InternetChecksumTests
{
    [Theory]
    [InlineData("0001f203f4f5f6f7", 0x220D)]
    [InlineData("", 0xFFFF)]
    [InlineData("ff", 0x00FF)]
    [InlineData("ffff", 0x0000)]
    [InlineData("ffffffff", 0x0000)]
    public void Sum_is_that_of_RFC_1071(string hex, int expected)
    {
        InternetChecksum checksum = default;
        checksum.Add(Convert.FromHexString(hex));
        Assert.Equal(expected, checksum.Finish());
    }

    [Fact]
    public void Data_with_its_own_checksum_sums_to_0()
    {
        Prng random = new(1071);
        for (int round = 0; round < 1000; round++)
        {
            byte[] data = new byte[2 + 2 * random.Next(100)];
            for (int i = 2; i < data.Length; i++)
                data[i] = (byte)random.Next(256);
            InternetChecksum first = default;
            first.Add(data);
            ushort sum = first.Finish();
            (data[0], data[1]) = ((byte)(sum >> 8), (byte)sum);
            InternetChecksum second = default;
            second.Add(data);
            Assert.Equal(0, second.Finish());
        }
    }

    [Fact]
    public void Parts_sum_to_the_whole()
    {
        IpAddress address = IpAddress.Parse("fd09::100");
        InternetChecksum parts = default;
        parts.Add(address);
        parts.Add(0x1234);
        InternetChecksum whole = default;
        whole.Add(Convert.FromHexString("fd090000000000000000000000000100" + "1234"));
        Assert.Equal(whole.Finish(), parts.Finish());
    }
}
