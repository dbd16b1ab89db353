using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary>The whole command line in System.CommandLine: verbs, help, completion, and words for what went wrong.</summary>
internal sealed class FullCommandLine
{
    private const int VerbMisused = 2;

    private readonly List<(DaemonOption Row, Option Option)> _options = [];
    private readonly RootCommand _root = new(
        "A VRRP router in one file: reads keepalived.conf and takes keepalived's options.");

    /// <summary>The commands and options, for the completion and the manual.</summary>
    internal RootCommand Root => _root;

    /// <param name="run">What to do with options that were understood; its result is the exit status.</param>
    public FullCommandLine(Func<Invocation, int> run)
    {
        // keepalived's own -v/--version and -h/--help take the place of the library's.
        _root.Options.Clear();
        _root.Add(new HelpOption("--help", "-h"));
        foreach (DaemonOption row in OptionTable.Rows)
        {
            Option option = Make(row);
            _options.Add((row, option));
            _root.Add(option);
        }
        foreach (Command verb in Verbs.Make())
            _root.Add(verb);
        _root.Add(CompletionVerb.MakeComplete(_root));
        _root.Add(ManualVerb.Make(_root));
        _root.SetAction(result => Run(result, run));
    }

    /// <summary>The exit status. For words that make no sense, after saying so: keepalived's 1, or 2 of a verb, where 1 may mean something else.</summary>
    public int Invoke(IReadOnlyList<string> words)
    {
        bool completes = words.Count > 0 && words[0].StartsWith("[suggest", StringComparison.Ordinal);
        ParseResult result = Parse(words);
        string? complaint = result.Action is ParseErrorAction ? Complaint.Of(result) : Complaint.OfMisspeltOption(result, words);
        if (complaint is not null)
        {
            StandardStreams.WriteError(complaint);
            return result.CommandResult.Command is RootCommand ? Daemon.Hosting.ExitCode.Failure : VerbMisused;
        }
        // Everything goes to standard error, as with keepalived; only completions go to the shell.
        using StringWriter text = new();
        int status = result.Invoke(new InvocationConfiguration { Output = text, Error = text });
        if (completes)
            StandardStreams.WriteOutput(text.ToString());
        else
            StandardStreams.WriteError(text.ToString());
        return status;
    }

    /// <summary>What the words mean, without doing it: for the test that compares both parsers.</summary>
    public bool TryRead(IReadOnlyList<string> words, Invocation invocation)
    {
        ParseResult result = Parse(words);
        return result.Errors.Count == 0 && TryCollect(result, invocation, out _);
    }

    // The library does not know an optional argument that is attached to its letter, as in -tFILE.
    private ParseResult Parse(IReadOnlyList<string> words)
    {
        string[] separated = [.. words];
        foreach (ref string word in separated.AsSpan())
        {
            if (word.Length > 2 && word[0] == '-' && OptionTable.FindShort(word[1]) is { Argument: ArgumentKind.Optional } row)
                word = $"--{row.Long}={word[2..]}";
        }
        return _root.Parse(separated);
    }

    private int Run(ParseResult result, Func<Invocation, int> run)
    {
        Invocation invocation = new();
        if (TryCollect(result, invocation, out string problem))
            return run(invocation);
        StandardStreams.WriteError($"{problem}\n");
        return Daemon.Hosting.ExitCode.Failure;
    }

    private bool TryCollect(ParseResult result, Invocation invocation, out string problem)
    {
        problem = "";
        foreach ((DaemonOption row, Option option) in _options)
        {
            if (result.GetResult(option) is not { Implicit: false } given)
                continue;
            int times = option is Option<bool> ? given.IdentifierTokenCount : 1;
            string? argument = given.Tokens.Count == 0 || option is Option<bool> ? null : given.Tokens[^1].Value;
            for (int i = 0; i < times; i++)
            {
                if (!invocation.Apply(row, argument, out problem))
                    return false;
            }
        }
        return true;
    }

    private static Option Make(DaemonOption row)
    {
        string[] aliases = row.HasShort ? [$"-{row.Short}"] : [];
        if (row.Argument == ArgumentKind.None)
            return new Option<bool>($"--{row.Long}", aliases) { Description = row.Help, Arity = ArgumentArity.Zero };
        return new Option<string?>($"--{row.Long}", aliases)
        {
            Description = row.Help,
            HelpName = row.ArgumentName,
            Arity = row.Argument == ArgumentKind.Required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
    }
}
