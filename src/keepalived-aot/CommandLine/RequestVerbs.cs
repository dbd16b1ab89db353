using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary>The verbs that change something in the running daemon.</summary>
internal static class RequestVerbs
{
    private static readonly string[] s_onOff = ["on", "off"];

    public static Command MakeFailover()
    {
        Argument<string> instance = ControlVerbs.Instance("The instance that is to give its role up, with its sync group");
        Option<string?> socket = ControlVerbs.Socket();
        Option<string?> reason = ControlVerbs.Reason();
        Command verb = new("failover", "Have a MASTER give its role up once: another router takes it and keeps it") { instance, reason, socket };
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "failover", json =>
        {
            json.WriteString("instance"u8, result.GetValue(instance));
            WriteReason(json, result.GetValue(reason));
        }));
        return verb;
    }

    public static Command MakeMaintenance()
    {
        Argument<string> state = new("STATE") { Description = "on or off" };
        state.AcceptOnlyFromAmong(s_onOff);
        Option<string?> socket = ControlVerbs.Socket();
        Option<long?> length = ControlVerbs.For("End by itself after this time: 90s, 30m, 2h, 1d");
        Option<string?> reason = ControlVerbs.Reason();
        Command verb = new("maintenance", "Have this router stay out of all elections, or take part again; it survives a restart") { state, length, reason, socket };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(state) == "off" && (result.GetResult(length) is not null || result.GetResult(reason) is not null))
                result.AddError("'maintenance off' takes neither --for nor --reason");
        });
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "maintenance", json =>
        {
            json.WriteBoolean("on"u8, result.GetValue(state) == "on");
            if (result.GetValue(length) is { } seconds)
                json.WriteNumber("seconds"u8, seconds);
            WriteReason(json, result.GetValue(reason));
        }));
        return verb;
    }

    public static Command MakePriority()
    {
        Argument<string> instance = ControlVerbs.Instance("The instance whose priority is to be another one");
        Argument<int> amount = new("AMOUNT")
        {
            Description = "What is added to it, with its sign: +20, -20; +0 takes it back",
            CustomParser = static result =>
            {
                string text = result.Tokens[0].Value;
                if (text.Length > 1 && text[0] is '+' or '-'
                    && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number is >= -254 and <= 254)
                {
                    return number;
                }
                result.AddError($"AMOUNT is a number with its sign, from -254 to +254, not '{text}'");
                return 0;
            },
        };
        Option<string?> socket = ControlVerbs.Socket();
        Option<long?> length = ControlVerbs.For("Take it back by itself after this time: 90s, 30m, 2h, 1d");
        Option<string?> reason = ControlVerbs.Reason();
        Command verb = new("priority", "Add to an instance's priority, beside what it tracks") { instance, amount, length, reason, socket };
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "priority", json =>
        {
            json.WriteString("instance"u8, result.GetValue(instance));
            json.WriteNumber("amount"u8, result.GetValue(amount));
            if (result.GetValue(length) is { } seconds)
                json.WriteNumber("seconds"u8, seconds);
            WriteReason(json, result.GetValue(reason));
        }));
        return verb;
    }

    public static Command MakeGarp()
    {
        Argument<string> instance = ControlVerbs.Instance("The instance whose addresses are to be announced");
        Option<string?> socket = ControlVerbs.Socket();
        Command verb = new("garp", "Announce a MASTER's addresses once more (gratuitous ARP, neighbour advertisements)") { instance, socket };
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "garp", json => json.WriteString("instance"u8, result.GetValue(instance))));
        return verb;
    }

    public static Command MakeReload()
    {
        Option<string?> socket = ControlVerbs.Socket();
        Command verb = new("reload", "Have the daemon read its configuration anew, and say what came of it; a wrong one changes nothing") { socket };
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "reload", take: static (_, value) =>
        {
            if (value.TryGetProperty("diagnostics", out var text))
                StandardStreams.WriteError(text.GetString() + "\n");
        }));
        return verb;
    }

    public static Command MakeDump()
    {
        Argument<string> what = new("WHAT") { Description = "Which of keepalived's files: data, stats, stats-clear (counters are 0 afterwards) or json" };
        what.AcceptOnlyFromAmong("data", "stats", "stats-clear", "json");
        Option<string?> socket = ControlVerbs.Socket();
        Command verb = new("dump", "Have the daemon write one of keepalived's dump files, as on a signal") { what, socket };
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "dump", json => json.WriteString("what"u8, result.GetValue(what))));
        return verb;
    }

    public static Command MakeLogLevel()
    {
        Argument<string> level = new("LEVEL") { Description = LogLevelName.Choice };
        Option<string?> socket = ControlVerbs.Socket();
        level.AcceptOnlyFromAmong(LogLevelName.Words);
        Command verb = new("loglevel", "Change how much the daemon logs, until it is restarted") { level, socket };
        verb.SetAction(result => ControlVerbs.Do(result.GetValue(socket), "loglevel", json => json.WriteString("what"u8, result.GetValue(level))));
        return verb;
    }

    private static void WriteReason(System.Text.Json.Utf8JsonWriter json, string? reason)
    {
        if (reason is not null)
            json.WriteString("reason"u8, reason);
    }
}
