using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Interoperation;

/// <summary>What works between us and stock keepalived, in which role: a page in Markdown, made from the tests that ran.</summary>
internal static partial class Matrix
{
    private const string PageVariable = "KEEPALIVED_AOT_INTEROP_PAGE";
    private const string Passed = "yes";
    private const string Failed = "**no**";

    private static readonly (Implementation Leads, Implementation Other)[] s_roles =
    [
        (Implementation.Ours, Implementation.Stock), (Implementation.Stock, Implementation.Ours), (Implementation.Ours, Implementation.Ours),
    ];

    private static readonly string[] s_implementations = [nameof(Implementation.Ours), nameof(Implementation.Stock)];

    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, Dictionary<string, string>> s_pairs = new(StringComparer.Ordinal);
    private static readonly SortedDictionary<string, Dictionary<string, string>> s_alone = new(StringComparer.Ordinal);
    private static readonly SortedDictionary<string, Dictionary<string, string>> s_compared = new(StringComparer.Ordinal);

    static Matrix()
    {
        if (Environment.GetEnvironmentVariable(PageVariable) is { Length: > 0 } page)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllText(page, Page());
    }

    /// <summary>A test with two routers has ended. A feature that is tried with several kinds of data works when all of them passed.</summary>
    public static void AddPair(MethodInfo test, Implementation leads, Implementation other, bool hasPassed)
    {
        lock (s_lock)
        {
            Dictionary<string, string> row = Note(s_pairs, Feature(test), Column(leads, other), hasPassed);
            foreach (NotTriedAttribute left in test.GetCustomAttributes<NotTriedAttribute>())
                row[Column(left.Leads, left.Other)] = $"not tried: {left.Reason}";
        }
    }

    /// <summary>A test with one router has ended, which is run with ours and with stock keepalived.</summary>
    public static void AddAlone(MethodInfo test, Implementation implementation, bool hasPassed)
    {
        lock (s_lock)
            Note(s_alone, FeatureInArea(test), implementation.ToString(), hasPassed);
    }

    /// <summary>A test has ended that compares what ours and stock keepalived put out.</summary>
    public static void AddComparison(MethodInfo test, bool hasPassed)
    {
        lock (s_lock)
            Note(s_compared, FeatureInArea(test), "", hasPassed);
    }

    private static Dictionary<string, string> Note(
        SortedDictionary<string, Dictionary<string, string>> rows, string feature, string column, bool hasPassed)
    {
        if (!rows.TryGetValue(feature, out Dictionary<string, string>? row))
            rows.Add(feature, row = []);
        row[column] = hasPassed && row.GetValueOrDefault(column, Passed) == Passed ? Passed : Failed;
        return row;
    }

    private static string Column(Implementation leads, Implementation other) => $"{leads}, {other}";

    private static string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# What works between keepalived-aot and keepalived").AppendLine();
        page.AppendLine($"Made by `make interop` on a real kernel, from tests that were run for it. keepalived is {StockVersion()}.");
        page.AppendLine("\"yes\": what the row says was seen. \"**no**\": it was not. Where a way was not tried, the reason stands there.").AppendLine();
        lock (s_lock)
        {
            page.AppendLine("## Two routers").AppendLine();
            page.AppendLine("The first router of a column is the one that leads at the beginning: it has the higher priority, and is MASTER when it is there.").AppendLine();
            Table(page, ["ours, then keepalived", "keepalived, then ours", "ours, both"], s_pairs, [.. s_roles.Select(role => Column(role.Leads, role.Other))]);
            page.AppendLine().AppendLine("## One router").AppendLine();
            page.AppendLine("The same configuration, and the same things happen to it: once with ours, once with keepalived.").AppendLine();
            Table(page, ["ours", "keepalived"], s_alone, s_implementations);
            page.AppendLine().AppendLine("## The same output").AppendLine();
            page.AppendLine("The same story is told by ours and by keepalived, and what they write (log lines, FIFO lines, mails, kernel objects, as the row says) is compared.").AppendLine();
            Table(page, ["the same"], s_compared, [""]);
        }
        return page.ToString();
    }

    private static void Table(StringBuilder page, string[] titles, SortedDictionary<string, Dictionary<string, string>> rows, string[] columns)
    {
        page.AppendLine($"| feature | {string.Join(" | ", titles)} |");
        page.AppendLine($"| --- |{string.Concat(titles.Select(static _ => " --- |"))}");
        foreach ((string feature, Dictionary<string, string> row) in rows)
            page.AppendLine($"| {feature} | {string.Join(" | ", columns.Select(column => row.GetValueOrDefault(column, "**not tried, without a reason**")))} |");
    }

    // Crash_v2_takenOverAfterActiveDownInterval: "Crash, v2: taken over after active down interval".
    private static string Feature(MethodInfo test)
    {
        string[] parts = test.Name.Split('_');
        return $"{string.Join(", ", parts[..^1].Select(Words))}: {Words(parts[^1])}";
    }

    // TrackedScriptTests.Timeout_endsTheRun: "Tracked script, timeout: ends the run".
    private static string FeatureInArea(MethodInfo test)
    {
        string area = Words(test.DeclaringType!.Name[..^"Tests".Length]);
        string feature = Feature(test);
        return feature.StartsWith(area, StringComparison.Ordinal) ? feature : $"{area}, {char.ToLowerInvariant(feature[0])}{feature[1..]}";
    }

    private static string Words(string name)
        => WordBeginning().Replace(name, match => $" {match.Value.ToLowerInvariant()}");

    private static string StockVersion()
    {
        string text = Shell.Try(Binaries.Stock, "--version").Error;
        Match version = Version().Match(text);
        return version.Success ? version.Groups[1].Value : "of an unknown version";
    }

    [GeneratedRegex("(?<=[a-z])[A-Z](?=[A-Z]?[a-z])|(?<=[0-9])[A-Z](?=[a-z])|(?<=[a-z][A-Z])[A-Z](?=[a-z])|(?<=[a-z]{2})[0-9]")]
    private static partial Regex WordBeginning();

    [GeneratedRegex(@"Keepalived v([0-9.]+)")]
    private static partial Regex Version();
}
