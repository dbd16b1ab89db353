using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>A script with the user and the group it runs as: <c>cmd-script [user [group]]</c> (grammar 13.9, form A).</summary>
/// <param name="Command">Program and arguments as one text, still with the quotes inside it.</param>
/// <param name="User">Null: the default of <c>script_user</c>.</param>
/// <param name="Group">Null: the user's group.</param>
public sealed record ConfigScript(string Command, string? User, string? Group) : IConfigArguments<ConfigScript>
{
    private const int MostWords = 3;

    /// <summary>Where the command was written, without user and group.</summary>
    public SourceSpan CommandSpan { get; internal init; }

    static string IConfigArguments<ConfigScript>.Expects => "cmd-script [user [group]]";

    static bool IConfigArguments<ConfigScript>.TryRead(Parser parser, out ConfigScript value)
    {
        value = null!;
        if (!ShellLine.TryRead(parser, MostWords, out List<(string Text, SourceSpan Span)> words)
            || !ShellLine.HasProgram(parser, words[0].Text, words[0].Span, isRequired: false))
        {
            return false;
        }
        value = new ConfigScript(words[0].Text, words.ElementAtOrDefault(1).Text, words.ElementAtOrDefault(2).Text) { CommandSpan = words[0].Span };
        return true;
    }

    string IConfigArguments<ConfigScript>.Format(bool showsSecrets)
        => ShellLine.Quote(Command) + (User is null ? "" : " " + ConfigWords.Quote(User)) + (Group is null ? "" : " " + ConfigWords.Quote(Group));
}
