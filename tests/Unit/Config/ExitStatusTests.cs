using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config;

public sealed class ExitStatusTests
{
    [Theory]
    [InlineData(ConfigErrorClass.Ok, 0)]
    [InlineData(ConfigErrorClass.FileNotFound, 4)]
    [InlineData(ConfigErrorClass.BadInterface, 4)]
    [InlineData(ConfigErrorClass.Fatal, 4)]
    [InlineData(ConfigErrorClass.MultipleFiles, 5)]
    [InlineData(ConfigErrorClass.UnknownKeyword, 5)]
    [InlineData(ConfigErrorClass.UnexpectedOpeningBrace, 5)]
    [InlineData(ConfigErrorClass.MissingOpeningBrace, 5)]
    [InlineData(ConfigErrorClass.UnexpectedClosingBrace, 5)]
    [InlineData(ConfigErrorClass.MissingClosingBrace, 5)]
    [InlineData(ConfigErrorClass.UnmatchedQuote, 5)]
    [InlineData(ConfigErrorClass.MissingParameter, 2)]
    [InlineData(ConfigErrorClass.InvalidNumber, 5)]
    [InlineData(ConfigErrorClass.GeneralError, 5)]
    [InlineData(ConfigErrorClass.Warning, 5)]
    [InlineData(ConfigErrorClass.Deprecated, 5)]
    [InlineData(ConfigErrorClass.SecurityError, 6)]
    public void Test_status_of_each_class(ConfigErrorClass worst, int expected) => Assert.Equal(expected, ConfigTestExitStatus.Of(worst));

    [Fact]
    public void Classes_are_in_keepaliveds_order_because_the_highest_hides_the_others()
        => Assert.Equal(
            ["Ok", "FileNotFound", "BadInterface", "Fatal", "MultipleFiles", "UnknownKeyword"], Enum.GetNames<ConfigErrorClass>().Take(6));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("use_pid_dir\nuse_pid_dir", 0, 0)]
    [InlineData("foo", 5, 0)]
    [InlineData("include x", 6, 6)]
    [InlineData("include x\nfoo", 6, 6)]
    [InlineData("include x\nglobal_defs {\nvrrp_version\n}", 6, 6)]
    [InlineData("global_defs {\nrouter_id\n}", 5, 0)]
    [InlineData("global_defs {\nvrrp_version\n}", 2, 2)]
    [InlineData("global_defs {\nvrrp_version\nvrrp_mcast_group6 ff05::1\n}", 2, 2)]
    [InlineData("global_defs {\nvrrp_mcast_group6 ff05::1\n}", 5, 0)]
    [InlineData("vrrp_instance A {\n}", 5, 2)]
    [InlineData("vrrp_instance {\n}", 5, 0)]
    [InlineData("vrrp_sync_group {\n}", 5, 0)]
    [InlineData("track_group {\n}", 5, 0)]
    [InlineData("instance", 5, 0)]
    [InlineData("net_namespace", 5, 0)]
    [InlineData("net_namespace_ipvs", 0, 0)]
    [InlineData("vrrp_script {\n}", 2, 2)]
    [InlineData("vrrp_track_process {\n}", 2, 2)]
    [InlineData("track_file {\n}", 2, 2)]
    [InlineData("bfd_instance {\n}", 2, 2)]
    [InlineData("virtual_server_group {\n}", 2, 2)]
    [InlineData("virtual_server {\n}", 2, 2)]
    [InlineData("vrrp_script a b {\nscript /a\ninit_fail\n}", 0, 0)]
    [InlineData("vrrp_script a {\nscript\n}", 2, 2)]
    [InlineData("vrrp_script a {\nscript \"/a b\n}", 5, 0)]
    [InlineData("track_group A {\n}", 0, 0)]
    [InlineData("track_group A {\ngroup {\n}\n}", 5, 0)]
    [InlineData("track_group A {\ngroup {\nB\n}\n}", 0, 0)]
    public void Status_of_a_file(string text, int test, int start)
    {
        LoadResult result = ConfigText.Load(text);
        Assert.Equal((test, start), (result.TestExitStatus, result.StartExitStatus));
        Assert.Equal(start == 0, result.CanRun);
    }

    [Fact]
    public void Status_of_a_missing_file_is_an_error_in_a_test_too()
    {
        LoadResult result = ConfigurationLoader.Load("x", new ConfigText.MemoryFiles(null), isConfigTest: true);
        Assert.Equal((4, 6), (result.TestExitStatus, result.StartExitStatus));
    }
}
