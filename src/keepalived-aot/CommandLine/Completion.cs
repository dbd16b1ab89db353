using System.CommandLine;
using System.CommandLine.Completions;

namespace KeepalivedAot.CommandLine;

/// <summary>What may stand where the cursor is; the scripts of all shells ask this.</summary>
/// <param name="Items">Those that begin with what is there already, each with a few words about it.</param>
/// <param name="WantsFiles">The names of files fit too; the shell knows those.</param>
internal sealed record Completion(IReadOnlyList<CompletionItem> Items, bool WantsFiles)
{
    /// <param name="words">The words behind the program's name; the last one, which may be empty, is being typed.</param>
    public static Completion Of(Command root, ReadOnlySpan<string> words)
    {
        // bash cuts --format=json into three words.
        List<string> given = [];
        foreach (string word in words)
        {
            if (word != "=")
                given.Add(word);
        }
        if (words.IsEmpty || words[^1] == "=")
            given.Add("");
        string typed = given[^1];
        Command command = root;
        Option? waiting = null;
        foreach (string word in given[..^1])
        {
            if (waiting is not null)
                waiting = null;
            else if (word.StartsWith('-'))
                waiting = TakesWord(Find(command, word));
            else if (command.Subcommands.FirstOrDefault(verb => verb.Name == word) is { } verb)
                command = verb;
        }
        if (waiting is not null)
            return Values(waiting.GetCompletions(CompletionContext.Empty), typed, waiting.HelpName is "FILE" or "SOCKET");
        int equals = typed.IndexOf('=');
        if (typed.StartsWith("--", StringComparison.Ordinal) && equals > 0)
            return Attached(Find(command, typed[..equals]), typed);
        if (typed.StartsWith('-'))
            return Values(command.Options.Where(static option => !option.Hidden).Select(Item), typed, wantsFiles: false);
        if (command == root)
            return Values(root.Subcommands.Where(static verb => !verb.Hidden).Select(Item), typed, wantsFiles: false);
        IEnumerable<CompletionItem> items = command.Arguments.SelectMany(static argument => argument.GetCompletions(CompletionContext.Empty));
        return Values(items, typed, command.Arguments.Any(static argument => argument.Name == "FILE"));
    }

    // --format=json is one word to fish and zsh.
    private static Completion Attached(Option? option, string typed)
    {
        IEnumerable<CompletionItem> values = option?.GetCompletions(CompletionContext.Empty) ?? [];
        return Values(values.Select(value => new CompletionItem($"{option!.Name}={value.Label}", detail: value.Detail)), typed, wantsFiles: false);
    }

    // An argument that may be left out is attached to its option.
    private static Option? TakesWord(Option? option) => option is { Arity.MinimumNumberOfValues: > 0 } ? option : null;

    // -nlf FILE: of a cluster the last letter counts.
    private static Option? Find(Command command, string word)
    {
        string name = word.StartsWith("--", StringComparison.Ordinal) || word.Length < 2 ? word : $"-{word[^1]}";
        return command.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));
    }

    private static Completion Values(IEnumerable<CompletionItem> items, string typed, bool wantsFiles)
        => new([.. items.Where(item => item.Label.StartsWith(typed, StringComparison.Ordinal))], wantsFiles);

    private static CompletionItem Item(Symbol symbol) => new(symbol.Name, detail: symbol.Description);
}
