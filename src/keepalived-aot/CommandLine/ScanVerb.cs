using System.CommandLine;
using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Inspection;

namespace KeepalivedAot.CommandLine;

/// <summary><c>scan</c>: who speaks VRRP on the network of an interface, and which VRIDs are free.</summary>
internal static class ScanVerb
{
    private const string Usual = "5s";

    private static readonly Duration s_shortest = Duration.FromMilliseconds(100);
    private static readonly Duration s_longest = Duration.FromSeconds(3600);

    public static Command Make()
    {
        Argument<string> name = new("IFACE") { Description = "The interface to listen on" };
        Option<string> period = new("--for")
        {
            Description = "How long to listen, such as 500ms, 5s, 2m", HelpName = "TIME", DefaultValueFactory = static _ => Usual,
        };
        Option<bool> json = new("--json") { Description = "One JSON object" };
        Command verb = new("scan", "Listen who speaks VRRP on an interface, and find a free VRID") { name, period, json };
        verb.Validators.Add(result =>
        {
            // Not given it has no value yet.
            string given = result.GetValue(period) ?? Usual;
            if (!TryParse(given, out _))
                result.AddError($"'{given}' is no time from 100ms to 1h, such as 500ms, 5s, 2m");
        });
        verb.SetAction(result =>
        {
            TryParse(result.GetValue(period)!, out Duration duration);
            return ScanRun.Run(result.GetValue(name)!, duration, result.GetValue(json));
        });
        return verb;
    }

    internal static bool TryParse(string text, out Duration duration)
    {
        (string number, int milliseconds) = text switch
        {
            [.. string head, 'm', 's'] => (head, 1),
            [.. string head, 's'] => (head, 1000),
            [.. string head, 'm'] => (head, 60_000),
            [.. string head, 'h'] => (head, 3_600_000),
            _ => (text, 1000),
        };
        bool isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        duration = isNumber ? Duration.FromMilliseconds((long)count * milliseconds) : default;
        return isNumber && duration >= s_shortest && duration <= s_longest;
    }
}
