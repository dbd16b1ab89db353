using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Tests.Unit.Config.Tracking;

/// <summary>The lines of track_* lists: what they take over, and which of them are dropped.</summary>
public sealed class TrackLineTests
{
    private const string Trackers = """
        vrrp_script s {
            script "/bin/check it"
            weight 5 reverse
        }
        track_file f {
            file /run/f
        }
        vrrp_track_process p {
            process sshd
            weight -7
        }
        bfd_instance b {
            neighbor_ip 192.0.2.9
            weight 9
        }

        """;

    [Fact]
    public void Weight_and_direction_that_are_not_given_are_those_of_what_is_tracked()
    {
        VrrpInstanceBlock instance = Clean("track_script {\ns\n}\ntrack_file {\nf\n}\ntrack_process {\np\n}\ntrack_bfd {\nb\n}\ntrack_interface {\neth1\n}");
        Assert.Equal((5, true), (instance.TrackedScripts[0].Weight, instance.TrackedScripts[0].IsReversed));
        Assert.Equal((1, false), (instance.TrackedFiles[0].Weight, instance.TrackedFiles[0].IsReversed));
        Assert.Equal(-7, instance.TrackedProcesses[0].Weight);
        Assert.Equal(9, instance.TrackedBfds[0].Weight);
        Assert.Equal(0, instance.TrackedInterfaces[0].Weight);
        Assert.Equal("s", instance.TrackedScripts[0].Script!.Name);
    }

    [Theory]
    [InlineData("s weight 8", 8, true)]
    [InlineData("s weight 8 noreverse", 8, false)]
    [InlineData("s weight -253 reverse", -253, true)]
    [InlineData("s weight 0", 0, true)]
    public void Weight_that_is_given_counts(string line, int weight, bool isReversed)
    {
        VrrpInstanceBlock instance = Clean($"track_script {{\n{line}\n}}");
        Assert.Equal((weight, isReversed), (instance.TrackedScripts[0].Weight, instance.TrackedScripts[0].IsReversed));
    }

    [Theory]
    [InlineData("track_script {\ns weight 254\n}", 253, "KA0703")]
    [InlineData("track_script {\ns weight -254\n}", -253, "KA0703")]
    [InlineData("track_script {\ns weight 255\n}", 5, "KA0303")]
    [InlineData("track_script {\ns weight x reverse\n}", 5, "KA0302")]
    public void Weight_outside_its_range_is_reported_and_the_line_kept(string body, int weight, string code)
    {
        VrrpInstanceBlock instance = Load(body, out LoadResult result);
        Assert.Equal(weight, Assert.Single(instance.TrackedScripts).Weight);
        Assert.Equal([code], Errors(result));
    }

    [Theory]
    [InlineData("track_script {\nnosuch\n}", "KA0701")]
    [InlineData("track_file {\nnosuch\n}", "KA0701")]
    [InlineData("track_process {\nnosuch\n}", "KA0701")]
    [InlineData("track_bfd {\nnosuch\n}", "KA0701")]
    [InlineData("track_script {\ns reverse\n}", "KA0704")]
    [InlineData("track_interface {\neth1 weight 5 noreverse\n}", "KA0314")]
    [InlineData("track_interface {\neth0\n}", "KA0708")]
    public void Line_that_cannot_be_used_is_dropped(string body, string code)
    {
        VrrpInstanceBlock instance = Load(body, out LoadResult result);
        Assert.Contains(code, Errors(result));
        Assert.Equal(code == "KA0314" ? 1 : 0, instance.TrackedScripts.Count + instance.TrackedFiles.Count + instance.TrackedProcesses.Count
            + instance.TrackedBfds.Count + instance.TrackedInterfaces.Count);
    }

    [Fact]
    public void Duplicate_is_dropped_and_its_first_line_shown()
    {
        VrrpInstanceBlock instance = Load("track_script {\ns weight 1\ns weight 2\n}", out LoadResult result);
        Assert.Equal(1, Assert.Single(instance.TrackedScripts).Weight);
        Diagnostic duplicate = Assert.Single(result.Diagnostics, static d => d.Code == "KA0702");
        Assert.Equal("(A) duplicate track_script s - ignoring", duplicate.Message);
        Assert.Equal(duplicate.Location.Line - 1, Assert.Single(duplicate.Related).Location.Line);
    }

    [Fact]
    public void Definition_that_comes_too_late_is_named()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("track_script {\nlate\n}") + "vrrp_script late {\nscript /bin/true\n}\n");
        Diagnostic unknown = Assert.Single(result.Diagnostics, static d => d.Code == "KA0701");
        Assert.Equal("(A) track script late not found, ignoring...", unknown.Message);
        Assert.Contains("move its definition before", unknown.Suggestion, StringComparison.Ordinal);
        Assert.Equal("defined only here", Assert.Single(unknown.Related).Message);
        Assert.Contains(result.Diagnostics, static d => d.Message == "script late is not used");
    }

    [Theory]
    [InlineData("vrrp_script x {\ninterval 2\n}\n", "No script set for vrrp_script x - removing")]
    [InlineData("track_file x {\nweight 2\n}\n", "No file set for track_file x - ignoring")]
    [InlineData("vrrp_track_process x {\nquorum 2\n}\n", "track process 'x' process name not specified")]
    [InlineData("bfd_instance x {\nmultiplier 2\n}\n", "BFD instance x has no neighbor address set, disabling instance")]
    [InlineData("vrrp_track_process x {\nprocess a\nquorum 5\nquorum_max 4\n}\n", "vrrp_track_process x quorum_max is less than quorum - ignoring")]
    [InlineData("vrrp_script x {\nscript a\ninterval 0\n}\n", "(x): vrrp script interval must be greater than 0, setting to 1")]
    [InlineData("track_file f {\nfile /other\n}\n", "there is a 'track_file f' already; this one is ignored")]
    [InlineData("vrrp_track_file f {\nfile /other\n}\n", "there is a 'track_file f' already; this one is ignored")]
    public void Definition_that_is_wrong_says_why(string definition, string message)
    {
        LoadResult result = ConfigText.Load(Trackers + definition + ConfigText.File("track_script {\ns\n}"));
        Assert.Contains(result.Diagnostics, d => d.Message == message);
        Assert.DoesNotContain(result.Diagnostics, static d => d.IsFatal);
    }

    [Fact]
    public void Script_without_a_timeout_has_its_interval()
    {
        LoadResult result = ConfigText.Load("vrrp_script x {\nscript a\ninterval 2.5\n}\n");
        Assert.Equal(2500, result.Configuration.VrrpScripts[0].Timeout.WholeMilliseconds);
    }

    [Fact]
    public void Process_with_parameters_means_the_full_command()
    {
        var process = ConfigText.Load("vrrp_track_process x {\nprocess a -b\ndelay 3\nfork_delay 1\n}\n").Configuration.TrackProcesses[0];
        Assert.True(process.FullCommand);
        Assert.Equal(KeepalivedAot.Config.Tracking.ParameterMatch.Exact, process.ParameterMatch);
        Assert.Equal((1L, 3L), (process.ForkDelay.WholeSeconds, process.TerminateDelay.WholeSeconds));
    }

    private static VrrpInstanceBlock Clean(string body)
    {
        VrrpInstanceBlock instance = Load(body, out LoadResult result);
        Assert.Empty(Errors(result));
        return instance;
    }

    private static VrrpInstanceBlock Load(string body, out LoadResult result)
    {
        result = ConfigText.Load(Trackers + ConfigText.File(body));
        return Assert.Single(result.Configuration.VrrpInstances);
    }

    private static string[] Errors(LoadResult result)
        => [.. result.Diagnostics.Where(static d => d.Severity == Severity.Error && d.Code != "KA0707").Select(static d => d.Code)];
}
