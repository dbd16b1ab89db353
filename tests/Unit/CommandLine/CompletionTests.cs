using System.CommandLine;
using KeepalivedAot.CommandLine;

namespace KeepalivedAot.Tests.Unit.CommandLine;

/// <summary>What may stand where the cursor is. The last word of a line is the one that is being typed.</summary>
public sealed class CompletionTests
{
    private static Completion At(string line)
    {
        RootCommand root = new FullCommandLine(_ => 0).Root;
        return Completion.Of(root, line.Split(' '));
    }

    private static string[] Labels(string line) => [.. At(line).Items.Select(static item => item.Label)];

    [Theory]
    [InlineData("ch", "check")]
    [InlineData("check --fo", "--format")]
    [InlineData("check --config", "--config-id")]
    [InlineData("config --conf", "--config-id")]
    [InlineData("fmt --conf", "--config-id")]
    [InlineData("check --format s", "sarif")]
    [InlineData("check --format = s", "sarif")]
    [InlineData("check --format=s", "--format=sarif")]
    [InlineData("check --nonsense=s", "")]
    [InlineData("check --strict --color ne", "never")]
    [InlineData("explain priorit", "priority")]
    [InlineData("explain preempt KA030", "KA0301 KA0302 KA0303 KA0304 KA0305 KA0306 KA0307 KA0308 KA0309")]
    [InlineData("completion z", "zsh")]
    [InlineData("--use", "--use-file")]
    [InlineData("-n -f x --vrrp_p", "--vrrp_pid")]
    [InlineData("xyzzy", "")]
    public void Word_is_completed(string line, string expected) => Assert.Equal(expected, string.Join(' ', Labels(line)));

    [Theory]
    [InlineData("-f ", true)]
    [InlineData("--use-file ", true)]
    [InlineData("-nlf ", true)]
    [InlineData("-A ", true)]
    [InlineData("check ", true)]
    [InlineData("check a.conf b", true)]
    [InlineData("check -i m1 --config-id m2 ", true)]
    [InlineData("check -i ", false)]
    [InlineData("check --format ", false)]
    [InlineData("explain ", false)]
    [InlineData("-n ", false)]
    [InlineData("", false)]
    public void Names_of_files_are_asked_for_where_they_fit(string line, bool expected) => Assert.Equal(expected, At(line).WantsFiles);

    [Fact]
    public void Hidden_verb_is_not_offered()
    {
        Assert.DoesNotContain("complete", Labels(""));
        Assert.Contains("check", Labels(""));
    }

    [Fact]
    public void Candidates_say_what_they_are()
        => Assert.All(At("").Items, static item => Assert.False(string.IsNullOrEmpty(item.Detail)));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Script_is_the_installed_one(string shell)
    {
        string path = shell switch
        {
            "bash" => "bash-completion/completions/keepalived-aot",
            "zsh" => "zsh/vendor-completions/_keepalived-aot",
            _ => "fish/vendor_completions.d/keepalived-aot.fish",
        };
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "rootfs/usr/share", path)), CompletionVerb.Script(shell));
    }
}
