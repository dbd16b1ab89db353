using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Tests.Unit.Config.Golden;

namespace KeepalivedAot.Tests.Unit.Config.Values;

/// <summary>What to write instead of a number with a unit says the same time.</summary>
public sealed class UnitSuffixTests
{
    [Theory]
    [InlineData("advert_int 100ms", "write 0.1")]
    [InlineData("advert_int 1s", "write 1")]
    [InlineData("advert_int 0.5m", "write 30")]
    [InlineData("preempt_delay 5m", "write 300")]
    [InlineData("preempt_delay 1h", "write a number of seconds from 0 to 1000")]
    [InlineData("priority 100x", "write 100")]
    [InlineData("priority 1.5", "write a whole number from 1 to 255")]
    [InlineData("garp_master_repeat 5ms", "write 5")]
    public void Number_withUnit_isConverted(string line, string help)
    {
        Diagnostic found = Assert.Single(
            ConfigText.Load($"vrrp_instance A {{\n    interface eth0\n    virtual_router_id 1\n    {line}\n}}\n").Diagnostics, static d => d.Code == "KA0304");
        Assert.Equal(help, found.Suggestion);
    }
}
