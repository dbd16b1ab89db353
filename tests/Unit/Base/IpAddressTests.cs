using System.Net;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Tests.Unit.Base;

public class IpAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.9.0.100")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::ff:fe00:1")]
    [InlineData("2001:db8::1:0:0:1")]
    [InlineData("1:0:0:2::3")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:0")]
    [InlineData("0:1:0:1:0:1:0:1")]
    [InlineData("ff02::12")]
    public void Text_in_its_short_form_survives_both_ways(string text)
    {
        IpAddress address = IpAddress.Parse(text);
        Assert.Equal(text, address.ToString());
        byte[] bytes = new byte[address.Length];
        address.CopyTo(bytes);
        Assert.Equal(address, IpAddress.FromBytes(bytes));
        Assert.Equal(IPAddress.Parse(text).GetAddressBytes(), bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.0.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.01")]
    [InlineData("10.0.0.1 ")]
    [InlineData(" 10.0.0.1")]
    [InlineData("10.0.0.0001")]
    [InlineData("10..0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.1/24")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("1:2:3")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("::g")]
    public void Text_that_is_no_address_is_refused(string text)
    {
        Assert.False(IpAddress.TryParse(text, out IpAddress address));
        Assert.True(address.IsNone);
        Assert.Throws<FormatException>(() => IpAddress.Parse(text));
    }

    [Fact]
    public void Random_IPv6_text_agrees_with_the_framework()
    {
        Prng random = new(5952);
        byte[] bytes = new byte[16];
        for (int round = 0; round < 5000; round++)
        {
            for (int i = 0; i < 16; i += 2)
            {
                int group = random.Next(3) == 0 ? random.Next(0x10000) : 0;
                (bytes[i], bytes[i + 1]) = ((byte)(group >> 8), (byte)group);
            }
            // The framework writes IPv4-mapped and similar ones with dots, which is another matter.
            (bytes[0], bytes[1]) = (0x20, 0x01);
            IpAddress address = IpAddress.FromBytes(bytes);
            Assert.Equal(new IPAddress(bytes).ToString(), address.ToString());
            Assert.Equal(address, IpAddress.Parse(address.ToString()));
        }
    }

    [Theory]
    [InlineData("10.0.0.2", "10.0.0.10", -1)]
    [InlineData("200.0.0.1", "10.0.0.1", 1)]
    [InlineData("fe80::1", "fe80::1", 0)]
    [InlineData("fe80::ffff", "fe80:0:0:1::", -1)]
    [InlineData("255.255.255.255", "::", -1)]
    public void Order_is_of_unsigned_numbers_within_a_family(string a, string b, int expected)
    {
        Assert.Equal(expected, IpAddress.Parse(a).CompareTo(IpAddress.Parse(b)));
        Assert.Equal(-expected, IpAddress.Parse(b).CompareTo(IpAddress.Parse(a)));
    }

    [Theory]
    [InlineData("224.0.0.18", true, false)]
    [InlineData("239.255.255.255", true, false)]
    [InlineData("223.255.255.255", false, false)]
    [InlineData("240.0.0.1", false, false)]
    [InlineData("ff02::12", true, false)]
    [InlineData("fe80::1", false, true)]
    [InlineData("febf:ffff::1", false, true)]
    [InlineData("fec0::1", false, false)]
    [InlineData("169.254.0.1", false, false)]
    public void Kinds_are_told_apart(string text, bool isMulticast, bool isLinkLocal)
    {
        IpAddress address = IpAddress.Parse(text);
        Assert.Equal(isMulticast, address.IsMulticast);
        Assert.Equal(isLinkLocal, address.IsLinkLocal);
        Assert.False(address.IsUnspecified);
        Assert.Equal(address.Family == AddressFamily.IPv4 ? 32 : 128, address.HostPrefixLength);
    }

    [Fact]
    public void Default_is_no_address()
    {
        Assert.True(default(IpAddress).IsNone);
        Assert.False(default(IpAddress).IsUnspecified);
        Assert.Equal(0, default(IpAddress).Length);
        Assert.Equal("(none)", default(IpAddress).ToString());
        Assert.NotEqual(default, IpAddress.Parse("0.0.0.0"));
        Assert.NotEqual(IpAddress.Parse("0.0.0.0"), IpAddress.Parse("::"));
        Assert.True(IpAddress.Parse("::").IsUnspecified);
    }

    [Theory]
    [InlineData("10.9.0.100")]
    [InlineData("fe80::ff:fe00:1")]
    public void Text_that_does_not_fit_is_refused(string text)
    {
        IpAddress address = IpAddress.Parse(text);
        Assert.False(address.TryFormat(new byte[text.Length - 1], out int written, default, null));
        Assert.Equal(0, written);
        byte[] exact = new byte[text.Length];
        Assert.True(address.TryFormat(exact, out _, default, null));
        Assert.Equal(text, Encoding.UTF8.GetString(exact));
    }

    [Fact]
    public void Number_of_an_IPv6_address_is_our_defect()
    {
        Assert.Throws<InvariantException>(() => IpAddress.Parse("::1").ToUInt32());
        Assert.Throws<InvariantException>(() => IpAddress.FromBytes(new byte[5]));
    }
}
