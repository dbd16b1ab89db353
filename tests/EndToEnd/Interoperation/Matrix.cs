using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Interoperation;

/// <summary>What works between us and stock keepalived, in which role: a page in Markdown, made from the tests that ran.</summary>
internal static partial class Matrix
{
    private const string PageVariable = "KEEPALIVED_AOT_INTEROP_PAGE";

    private static readonly (Implementation Leads, Implementation Other)[] s_roles =
    [
        (Implementation.Ours, Implementation.Stock), (Implementation.Stock, Implementation.Ours), (Implementation.Ours, Implementation.Ours),
    ];

    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, Dictionary<(Implementation, Implementation), bool>> s_rows = new(StringComparer.Ordinal);

    static Matrix()
    {
        if (Environment.GetEnvironmentVariable(PageVariable) is { Length: > 0 } page)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllText(page, Page());
    }

    /// <summary>One test has ended. A feature that is tried with several kinds of data works when all of them passed.</summary>
    public static void Add(MethodInfo test, Implementation leads, Implementation other, bool hasPassed)
    {
        lock (s_lock)
        {
            string feature = Feature(test);
            if (!s_rows.TryGetValue(feature, out Dictionary<(Implementation, Implementation), bool>? row))
                s_rows.Add(feature, row = []);
            row[(leads, other)] = hasPassed && row.GetValueOrDefault((leads, other), true);
        }
    }

    private static string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# What works between keepalived-aot and keepalived").AppendLine();
        page.AppendLine($"Made by `make interop` on a real kernel, from the tests in which two routers meet. keepalived is {StockVersion()}.");
        page.AppendLine("The first router of a column is the one that leads at the beginning: it has the higher priority.").AppendLine();
        page.AppendLine("| feature | ours, then keepalived | keepalived, then ours | ours, both |");
        page.AppendLine("| --- | --- | --- | --- |");
        lock (s_lock)
        {
            foreach ((string feature, Dictionary<(Implementation, Implementation), bool> row) in s_rows)
                page.AppendLine($"| {feature} | {string.Join(" | ", s_roles.Select(role => Cell(row, role)))} |");
        }
        return page.ToString();
    }

    private static string Cell(Dictionary<(Implementation, Implementation), bool> row, (Implementation, Implementation) role)
        => !row.TryGetValue(role, out bool hasPassed) ? "–" : hasPassed ? "yes" : "**no**";

    // Crash_v2_takenOverAfterActiveDownInterval: "Crash, v2: taken over after active down interval".
    private static string Feature(MethodInfo test)
    {
        string[] parts = test.Name.Split('_');
        string subject = string.Join(", ", parts[..^1].Select(Words));
        return $"{char.ToUpperInvariant(subject[0])}{subject[1..]}: {Words(parts[^1])}";
    }

    private static string Words(string name)
        => WordBeginning().Replace(name, match => $" {match.Value.ToLowerInvariant()}");

    private static string StockVersion()
    {
        string text = Shell.Try(Binaries.Stock, "--version").Error;
        Match version = Version().Match(text);
        return version.Success ? version.Groups[1].Value : "of an unknown version";
    }

    [GeneratedRegex("(?<=[a-z])[A-Z](?=[A-Z]?[a-z])|(?<=[a-z][A-Z])[A-Z](?=[a-z])|(?<=[a-z]{2})[0-9]")]
    private static partial Regex WordBeginning();

    [GeneratedRegex(@"Keepalived v([0-9.]+)")]
    private static partial Regex Version();
}
