using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary>What all verbs have in common that ask a running daemon.</summary>
internal static class ControlVerbs
{
    /// <summary>The daemon has refused it, or it makes no sense there.</summary>
    public const int Refused = 1;

    /// <summary>No daemon can be asked.</summary>
    public const int NoDaemon = 3;

    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;
    private const int SecondsPerDay = 86400;

    public static Option<string?> Socket()
        => new("--socket") { Description = "The control socket of the daemon (default: the only one in /run/keepalived)", HelpName = "SOCKET" };

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    /// <summary>An instance's name, which the shell completes by asking the daemon.</summary>
    public static Argument<string> Instance(string description)
    {
        Argument<string> argument = new("INSTANCE") { Description = description };
        argument.CompletionSources.Add(static _ => InstanceNames());
        return argument;
    }

    /// <summary>The same, but it may be left out.</summary>
    public static Argument<string?> OptionalInstance(string description)
    {
        Argument<string?> argument = new("INSTANCE") { Description = description, Arity = ArgumentArity.ZeroOrOne };
        argument.CompletionSources.Add(static _ => InstanceNames());
        return argument;
    }

    /// <summary>A length of time: <c>90</c>, <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>.</summary>
    public static Option<long?> For(string description) => new("--for")
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = static result =>
        {
            if (TryParseLength(result.Tokens[0].Value, out long seconds))
                return seconds;
            result.AddError($"--for takes a time such as 90s, 30m, 2h or 1d, not '{result.Tokens[0].Value}'");
            return null;
        },
    };

    /// <summary>A whole number within limits.</summary>
    public static Option<int> Number(string name, string alias, int least, int most, int usual, string description) => new(name, alias)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
                return number;
            result.AddError($"{name} takes a whole number {(most == int.MaxValue ? $"from {least}" : $"from {least} to {most}")}, not '{result.Tokens[0].Value}'");
            return usual;
        },
    };

    public static Option<string?> Reason()
    {
        Option<string?> reason = new("--reason") { Description = "What for: it stands in the log, the journal and the status", HelpName = "TEXT" };
        reason.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && (result.Tokens[0].Value.Length > 200 || result.Tokens[0].Value.Any(char.IsControl)))
                result.AddError("--reason takes at most 200 characters on one line");
        });
        return reason;
    }

    /// <summary>Asks for something to be done, and prints what was.</summary>
    /// <returns>The exit status.</returns>
    public static int Do(string? socket, string verb, Action<Utf8JsonWriter>? write = null, Action<byte[], JsonElement>? take = null)
    {
        using ControlClient? client = Connect(socket);
        if (client is null)
            return NoDaemon;
        ControlResult result = client.Ask(verb, write, take);
        if (!result.IsDone)
            return Complain(result.Text);
        if (result.Text.Length > 0)
            StandardStreams.WriteOutput(result.Text + "\n");
        return 0;
    }

    public static ControlClient? Connect(string? socket)
    {
        ControlClient? client = ControlClient.Connect(socket, out string problem, out _);
        if (client is null)
            StandardStreams.WriteError($"keepalived-aot: {problem}\n");
        return client;
    }

    /// <returns>The exit status.</returns>
    public static int Complain(string problem)
    {
        StandardStreams.WriteError($"keepalived-aot: {problem}\n");
        return Refused;
    }

    internal static bool TryParseLength(string text, out long seconds)
    {
        seconds = 0;
        if (text.Length == 0)
            return false;
        long unit = text[^1] switch { 's' => 1, 'm' => SecondsPerMinute, 'h' => SecondsPerHour, 'd' => SecondsPerDay, _ => 0 };
        string number = unit == 0 ? text : text[..^1];
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count <= 0 || count > 366 * SecondsPerDay)
            return false;
        seconds = count * Math.Max(1, unit);
        return seconds <= 366 * SecondsPerDay;
    }

    private static IEnumerable<CompletionItem> InstanceNames()
    {
        using ControlClient? client = ControlClient.Connect(path: null, out _, out _);
        if (client is null || DaemonStatus.Ask(client, instance: null, out _) is not { } status)
            return [];
        return [.. status.Instances.Select(static it => new CompletionItem(it.GetProperty("name").GetString()!, detail: it.GetProperty("state").GetString()!))];
    }
}
