using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using KeepalivedAot.Config.Reference;

namespace KeepalivedAot.CommandLine;

/// <summary>What to say of a command line that makes no sense: only words that are near are suggested.</summary>
internal static class Complaint
{
    public static string Of(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        StringBuilder text = new();
        foreach (string word in result.UnmatchedTokens)
            text.Append(OfWord(word, command, result.RootCommandResult.Command));
        // The library tells of each such word too, and on top of it of a verb that it misses.
        if (text.Length == 0)
        {
            foreach (ParseError error in result.Errors)
                text.Append(error.Message).Append('\n');
        }
        return text.Append(SeeHelp(command)).ToString();
    }

    /// <summary>The library takes an option that it does not know for a value, if the verb takes any; null when there is none.</summary>
    public static string? OfMisspeltOption(ParseResult result, IReadOnlyList<string> words)
    {
        Command command = result.CommandResult.Command;
        if (command is RootCommand || words.Contains("--"))
            return null;
        foreach (Argument argument in command.Arguments)
        {
            Token? misspelt = result.GetResult(argument)?.Tokens.FirstOrDefault(static token => token.Value.StartsWith("--", StringComparison.Ordinal));
            if (misspelt is not null)
                return OfWord(misspelt.Value, command, command) + SeeHelp(command);
        }
        return null;
    }

    private static string SeeHelp(Command command)
        => $"See keepalived-aot{(command is RootCommand ? "" : $" {command.Name}")} --help\n";

    private static string OfWord(string word, Command command, Command root)
    {
        bool isOption = word.StartsWith('-');
        string what = isOption ? "option" : command is RootCommand ? "verb" : "argument";
        IEnumerable<string> candidates = isOption
            ? command.Options.Select(static option => option.Name)
            : root.Subcommands.Where(static verb => !verb.Hidden).Select(static verb => verb.Name);
        string? meant = isOption || command is RootCommand ? DidYouMean.Nearest(word, candidates) : null;
        string suggestion = meant is null ? "" : $"; did you mean '{meant}'?";
        return what == "argument" ? $"Unexpected argument '{word}'\n" : $"Unknown {what} '{word}'{suggestion}\n";
    }
}
