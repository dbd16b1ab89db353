using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>The installed completion scripts in the shells themselves.</summary>
public sealed class CompletionTests
{
    private static string Shared(string path) => Path.Combine(Binaries.Repository, "rootfs/usr/share", path);

    private static string Folder => Path.GetDirectoryName(Binaries.PathOf(Implementation.Ours))!;

    public static TheoryData<string, string> Lines => new()
    {
        { "keepalived-aot ch", "check" },
        { "keepalived-aot explain virtual_router", "virtual_router_id" },
        { "keepalived-aot explain KA0303 vrrp_startup", "vrrp_startup_delay" },
        { "keepalived-aot check --format sar", "sarif" },
        { "keepalived-aot check --config", "--config-id" },
        { "keepalived-aot --use-f", "--use-file" },
        { "keepalived-aot check /etc/passw", "/etc/passwd" },
        { "keepalived-aot -f /etc/passw", "/etc/passwd" },
        { "keepalived comp", "completion" },
    };

    [Theory, MemberData(nameof(Lines))]
    public void Bash_line_isCompleted(string line, string expected)
    {
        string script = $"""
            PATH={Folder}:$PATH
            source {Shared("bash-completion/completions/keepalived-aot")}
            COMP_WORDS=({line}) COMP_CWORD={line.Split(' ').Length - 1}
            function_name=$(complete -p "$COMP_WORDS" | sed 's/.*-F \([^ ]*\) .*/\1/')
            $function_name "$COMP_WORDS" "${"{COMP_WORDS[COMP_CWORD]}"}" ''
            printf '%s\n' "${"{COMPREPLY[@]}"}"
            """;
        CommandResult result = Shell.Try("bash", "-c", script);
        Assert.Contains(expected, result.Output.Split('\n'));
    }

    [Theory, MemberData(nameof(Lines))]
    public void Fish_line_isCompleted(string line, string expected)
    {
        string script = $"set -x PATH {Folder} $PATH; set fish_complete_path {Shared("fish/vendor_completions.d")}; complete -C '{line}'";
        CommandResult result = Shell.Try("fish", "--no-config", "-c", script);
        Assert.Contains(expected, result.Output.Split('\n').Select(static candidate => candidate.Split('\t')[0].Trim()));
    }

    // A zsh of its own on a pseudo terminal: its completion works only where somebody types.
    [Theory, MemberData(nameof(Lines))]
    public void Zsh_line_isCompleted(string line, string expected)
    {
        string script = $"""
            zmodload zsh/zpty
            zpty shell 'PATH={Folder}:$PATH TERM=dumb zsh -f -i'
            zpty -w shell "PS1= ; fpath=({Shared("zsh/vendor-completions")} \$fpath); autoload -Uz compinit; compinit -u -D; bindkey '^I' complete-word; print RE''ADY"
            zpty -r shell got '*READY*'
            zpty -w -n shell '{line}'$'\t\t'
            zpty -r shell got '*{expected}*'
            zpty -d shell
            print -r -- "$got"
            """;
        CommandResult result = Shell.Try("timeout", "15", "zsh", "-f", "-c", script);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_prints_the_installed_scripts()
    {
        foreach ((string shell, string path) in new[]
        {
            ("bash", "bash-completion/completions/keepalived-aot"), ("zsh", "zsh/vendor-completions/_keepalived-aot"),
            ("fish", "fish/vendor_completions.d/keepalived-aot.fish"),
        })
        {
            Assert.Equal(File.ReadAllText(Shared(path)), Shell.Run(Binaries.PathOf(Implementation.Ours), "completion", shell));
        }
    }
}
