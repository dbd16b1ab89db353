using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Lints;

/// <summary>A script of a configuration: what it is, who it runs as, and for whom.</summary>
/// <param name="Owner">The block's name for messages: "VI_1"; empty for global_defs.</param>
/// <param name="Keyword">As the user writes it: "notify_master".</param>
/// <param name="Command">Program and arguments as one text, still with the quotes inside it.</param>
/// <param name="User">As written with the script; null is the default of <c>script_user</c>.</param>
/// <param name="Group">As written with the script, with its colon; null is the user's.</param>
/// <param name="Span">Where the command stands.</param>
public sealed record ScriptUse(string Owner, string Keyword, string Command, string? User, string? Group, SourceSpan Span)
{
    /// <summary>The value of the configuration that it comes from, by which it is found again.</summary>
    public object? Source { get; private init; }

    /// <summary>A file that is only opened, by a shell: keepalived makes no checks of it (grammar 13.9).</summary>
    public bool IsProbe => Command.StartsWith("</", StringComparison.Ordinal);

    /// <summary>A <c>vrrp_script</c>, and not what is run because something has happened.</summary>
    public bool IsTracked => Keyword == "script";

    /// <summary>Run because of a change, so that keepalived goes on without it; not tracked, not a check, not a start or an end.</summary>
    public bool IsNotifier => Keyword is not ("script" or "misc_path" or "startup_script" or "shutdown_script");

    /// <summary>Who it is of, and which: "(VI_1) notify_master".</summary>
    public string Title => Owner.Length == 0 ? Keyword : $"({Owner}) {Keyword}";

    /// <summary>A keyword with the user and the group behind the command.</summary>
    internal static ScriptUse Of(string owner, string keyword, ConfigScript script)
        => new(owner, keyword, script.Command, script.User, script.Group, script.CommandSpan) { Source = script };

    /// <summary>A keyword whose user has a keyword of its own.</summary>
    internal static ScriptUse Of(string owner, string keyword, ConfigCommand command, ConfigUser? user)
        => new(owner, keyword, command.Command, user?.User, user?.Group, command.Span) { Source = command };
}
