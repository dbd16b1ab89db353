using KeepalivedAot.Config.Reference;

namespace KeepalivedAot.Tests.Unit.Config.Reference;

public sealed class SyntaxTextTests
{
    [Theory]
    [InlineData("[lock] uint! 0..4294967295", "[lock] NUMBER")]
    [InlineData("[all] uint 0..86400 (sec)", "[all] NUMBER")]
    [InlineData("int -253..253 [reverse]", "NUMBER [reverse]")]
    [InlineData("[name(<=27) [name(<=27)]]", "[NAME [NAME]]")]
    [InlineData("{ip [port]}|{fwmark uint}|{group name}", "{ADDRESS [PORT]}|{fwmark NUMBER}|{group NAME}")]
    [InlineData("{tcp|tcpfin|udp uint! 0..2678400}...", "{tcp|tcpfin|udp NUMBER}...")]
    [InlineData("cmd-script [user [group]]", "COMMAND [USER [GROUP]]")]
    [InlineData("ip|ip-N|ip-ip|ip/len [port]", "ADDRESS|ADDRESS-N|ADDRESS-ADDRESS|ADDRESS/LENGTH [PORT]")]
    [InlineData("iface [id N] [port N] [group ip]", "INTERFACE [id N] [port N] [group ADDRESS]")]
    [InlineData("ip|ip6|mpls|ila ...", "ip|ip6|mpls|ila ...")]
    [InlineData("(VAR, [START, [STEP,]] END) TEXT", "(VAR, [START, [STEP,]] END) TEXT")]
    public void Values_stand_in_capitals_and_ranges_are_left_out(string notation, string expected) => Assert.Equal(expected, SyntaxText.Of(notation));
}
