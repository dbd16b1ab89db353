using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>What may stand on any line and is dealt with before keywords are: comments, includes, conditions, definitions, sequences.</summary>
/// <remarks>These are no words of the schema, so what there is to know about them stands here. Their examples are in a partial file.</remarks>
internal static partial class PreprocessorWords
{
    /// <summary>In place of the path of a block.</summary>
    public const string Path = "<preprocessor>";

    public static BlockSchema Block { get; } = new(Path, null,
    [
        Make("include", "PATTERN", "1.0.3",
            "Reads the files that match as if they stood here, in the order of their names; relative ones count from the directory of the file "
            + "that holds the line. Mistakes in finding them are only reported, unless include_check says otherwise."),
        Make("includer", "PATTERN", "2.2.0",
            "As include; a file that is there and cannot be read, or is no regular file, or is executable, is an error."),
        Make("includem", "PATTERN", "2.2.0",
            "As includer; it is also an error when nothing matches because a file or directory without a wildcard is missing."),
        Make("includew", "PATTERN", "2.2.0", "As includem; it is also an error when no file matches the wildcards."),
        Make("includeb", "PATTERN", "2.2.0", "As includer; it is also an error when one of the alternatives in braces matches nothing."),
        Make("includea", "PATTERN", "2.2.0", "As include, with all four checks."),
        Make("@ID", "TEXT", "1.3.0",
            "The rest of the line counts only where the config-id is ID: option -i, or else the name of the host up to its first dot."),
        Make("@^ID", "TEXT", "1.3.7", "The rest of the line counts only where the config-id is not ID."),
        Make("$NAME=", "[TEXT]", "1.4.0",
            "Gives a text a name, for use from the line behind it on. A backslash at its end goes on with the next line; a text of several lines "
            + "may be used at the end of a line only. It may hold other names, which are replaced where it is used."),
        Make("$NAME", "", "1.4.0",
            "The text of that name. A blank, a comma, a closing parenthesis or the end of the line must follow; else write ${NAME}."),
        Make("${NAME}", "", "1.4.0", "The text of that name, anywhere on a line, in quotes too."),
        Make("~SEQ", "(VAR, [START, [STEP,]] END) TEXT", "2.0.9",
            "Repeats the text once for each number, which stands for $VAR in it.",
            byDefault: "START 1, or -1 when END is negative; STEP 1 or -1, towards END"),
        Make("~SEQx", "(VAR, [START, [STEP,]] END) TEXT", "2.1.0",
            "As ~SEQ, with numbers in hexadecimal; none may be negative.",
            byDefault: "START 1; STEP 1 or -1, towards END"),
        Make("~LST", "(VAR, VALUE...) TEXT", "2.1.0",
            "Repeats the text once for each value, or for each group of values in braces.",
            byDefault: "a value that is missing is empty"),
        Make("${_PWD}", "", "1.4.3", "The directory of the file that is being read."),
        Make("${_INSTANCE}", "", "2.0.1", "The config-id: option -i, or else the name of the host up to its first dot."),
        Make("${_RANDOM}", "[MIN [MAX]]", "2.0.15",
            "A random number, another one at each use.",
            byDefault: "MIN 0; MAX 32767"),
        Make("${_ENV}", "VARIABLE", "2.4.0",
            "What the variable of the environment holds; nothing when there is none. It is never shown in a message."),
        Make("${_HASH}", "", "2.1.4", "The character #. Outside double quotes it begins a comment."),
        Make("${_BANG}", "", "2.1.4", "The character !. Outside double quotes it begins a comment."),
        Make("#", "[TEXT]", "0.5.3", "A comment, up to the end of the line. In double quotes, or behind a backslash, it is none."),
        Make("!", "[TEXT]", "0.5.3", "A comment, up to the end of the line. In double quotes, or behind a backslash, it is none."),
        Make("\\", "", "1.4.0",
            "At the end of a line of a definition: the definition goes on with the next line. No other line can be continued."),
    ]);

    // Words that belong together.
    private static readonly string[][] s_groups =
    [
        ["include", "includer", "includem", "includew", "includeb", "includea", "include_check"],
        ["@ID", "@^ID", "${_INSTANCE}"],
        ["$NAME=", "$NAME", "${NAME}", "\\"],
        ["~SEQ", "~SEQx", "~LST", "$NAME="],
        ["${_PWD}", "${_INSTANCE}", "${_RANDOM}", "${_ENV}", "${_HASH}", "${_BANG}"],
        ["#", "!", "${_HASH}", "${_BANG}"],
    ];

    public static bool Holds(ReferenceEntry entry) => entry.BlockPath == Path;

    public static IReadOnlyList<string> RelatedTo(string word)
        => [.. s_groups.Where(group => group.Contains(word)).SelectMany(static group => group).Distinct().Where(other => other != word)];

    /// <summary>What is asked for, without the name that somebody gave it: <c>$VIPS</c> is <c>$NAME</c>, <c>${_ENV HOME}</c> is <c>${_ENV}</c>.</summary>
    public static string WordOf(string asked)
    {
        if (asked.StartsWith("${_", StringComparison.Ordinal) || asked.StartsWith('_'))
        {
            string name = asked.Trim('$', '{', '}').Split(' ')[0];
            return Block.Words.FirstOrDefault(word => word.Word == $"${{{name}}}")?.Word ?? asked;
        }
        return asked switch
        {
            ['$', '{', ..] => "${NAME}",
            ['$', _, ..] => asked.Contains('=', StringComparison.Ordinal) ? "$NAME=" : "$NAME",
            ['@', '^', ..] => "@^ID",
            ['@', ..] => "@ID",
            _ => asked,
        };
    }

    private static WordSchema Make(string word, string arguments, string since, string help, string? byDefault = null) => new()
    {
        Word = word,
        Kind = arguments.Length == 0 ? WordKind.Flag : WordKind.Arguments,
        Arguments = arguments,
        Since = since,
        Default = byDefault,
        Help = help,
    };
}
