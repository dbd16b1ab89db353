using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Tracking;

/// <summary>The process that is looked for: <c>string [string...]</c>.</summary>
/// <param name="Program">Its name, or with <c>full_command</c> its path.</param>
/// <param name="Parameters">What it was started with.</param>
public sealed record ProcessCommand(string Program, IReadOnlyList<string> Parameters) : IConfigArguments<ProcessCommand>
{
    static string IConfigArguments<ProcessCommand>.Expects => "string [string...]";

    static bool IConfigArguments<ProcessCommand>.TryRead(Parser parser, out ProcessCommand value)
    {
        value = null!;
        if (!parser.TryString(null, out string program))
            return false;
        List<string> parameters = [];
        foreach (Word word in parser.TakeRest())
            parameters.Add(parser.Intern(word.Text));
        value = new ProcessCommand(program, parameters);
        return true;
    }

    string IConfigArguments<ProcessCommand>.Format(bool showsSecrets)
        => string.Join(' ', Parameters.Prepend(Program).Select(ConfigWords.Quote));
}
