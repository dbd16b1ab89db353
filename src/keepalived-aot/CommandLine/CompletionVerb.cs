using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>completion SHELL</c> prints the script for a shell; <c>complete</c> is what the scripts call.</summary>
/// <remarks>The scripts are those below <c>rootfs/</c>, so that what is installed and what is printed is one text.</remarks>
internal static class CompletionVerb
{
    private const string FileNames = ":files";

    public static Command Make()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command verb = new("completion", "Print the completion script for a shell");
        verb.Add(shell);
        verb.SetAction(result =>
        {
            StandardStreams.WriteOutput(Script(result.GetValue(shell)!));
            return 0;
        });
        return verb;
    }

    /// <summary>One line for each candidate: the word, a tab, what it is. A line ":files" asks for the names of files.</summary>
    public static Command MakeComplete(Command root)
    {
        Argument<string[]> words = new("WORDS") { Arity = ArgumentArity.ZeroOrMore };
        Command verb = new("complete", "What may stand where the cursor is") { Hidden = true };
        verb.Add(words);
        verb.SetAction(result =>
        {
            Completion completion = Completion.Of(root, result.GetValue(words));
            StringBuilder text = new();
            foreach (CompletionItem item in completion.Items)
                text.Append(item.Label).Append('\t').Append(OneLine(item.Detail)).Append('\n');
            if (completion.WantsFiles)
                text.Append(FileNames).Append('\n');
            StandardStreams.WriteOutput(text.ToString());
            return 0;
        });
        return verb;
    }

    internal static string Script(string shell)
    {
        using StreamReader reader = new(typeof(CompletionVerb).Assembly.GetManifestResourceStream($"completion.{shell}")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string OneLine(string? text) => text?.Replace('\n', ' ').Replace('\t', ' ') ?? "";
}
