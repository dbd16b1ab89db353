using System.CommandLine;
using System.Text;
using KeepalivedAot.Config.Reference;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>manual options|verbs</c>: the tables of keepalived-aot(8) in man(7), for <c>packaging/man/build</c>.</summary>
internal static class ManualVerb
{
    public static Command Make(RootCommand root)
    {
        Argument<string> part = new("PART");
        part.AcceptOnlyFromAmong("options", "verbs");
        Command verb = new("manual", "Print a part of keepalived-aot(8)") { Hidden = true };
        verb.Add(part);
        verb.SetAction(result =>
        {
            StandardStreams.WriteOutput(result.GetValue(part) == "verbs" ? Verbs(root) : Options());
            return 0;
        });
        return verb;
    }

    internal static string Options()
    {
        StringBuilder text = new();
        foreach (DaemonOption row in OptionTable.Rows)
        {
            string argument = row.Argument switch
            {
                ArgumentKind.Required => $"=\\fI{ManText.Escape(row.ArgumentName)}\\fR",
                ArgumentKind.Optional => $"[=\\fI{ManText.Escape(row.ArgumentName)}\\fR]",
                _ => "",
            };
            text.Append(".TP\n");
            text.Append(row.HasShort ? $"\\fB\\-{row.Short}\\fR, " : "").Append("\\fB\\-\\-").Append(ManText.Escape(row.Long)).Append("\\fR").Append(argument).Append('\n');
            text.Append(ManText.Escape(row.Help)).Append(".\n");
            if (!row.Effective)
                text.Append("Accepted; keepalived\\-aot does not do it yet.\n");
        }
        return text.ToString();
    }

    internal static string Verbs(RootCommand root)
    {
        StringBuilder text = new();
        foreach (Command verb in root.Subcommands.Where(static verb => !verb.Hidden))
        {
            text.Append(".TP\n\\fB").Append(ManText.Escape(verb.Name)).Append("\\fR").Append(verb.Options.Count > 0 ? " [\\fIOPTIONS\\fR]" : "");
            foreach (Argument argument in verb.Arguments)
                text.Append(Usage(argument));
            text.Append('\n').Append(ManText.Escape(verb.Description ?? "")).Append(".\n");
            if (verb.Arguments.Count + verb.Options.Count == 0)
                continue;
            text.Append(".RS\n");
            foreach (Argument argument in verb.Arguments)
                Item(text, $"\\fI{ManText.Escape(argument.Name)}\\fR", argument.Description);
            foreach (Option option in verb.Options.Where(static option => !option.Hidden))
                Item(text, Names(option) + Choices(option), option.Description);
            text.Append(".RE\n");
        }
        return text.ToString();
    }

    private static void Item(StringBuilder text, string tag, string? description)
        => text.Append(".TP\n").Append(tag).Append('\n').Append(ManText.Escape(description ?? "")).Append(".\n");

    private static string Names(Option option) => string.Join(", ", option.Aliases.Append(option.Name).Select(static name => $"\\fB{ManText.Escape(name)}\\fR"));

    private static string Usage(Argument argument)
    {
        string name = $"\\fI{ManText.Escape(argument.Name)}\\fR";
        string several = argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "";
        return argument.Arity.MinimumNumberOfValues > 0 ? $" {name}{several}" : $" [{name}{several}]";
    }

    private static string Choices(Option option)
    {
        if (option is Option<bool>)
            return "";
        string[] choices = [.. option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(static item => item.Label)];
        return choices.Length == 0 ? $" \\fI{ManText.Escape(option.HelpName ?? "VALUE")}\\fR" : $" {ManText.Escape(string.Join('|', choices))}";
    }
}
