using System.Reflection;

namespace KeepalivedAot.Tests.Unit.Config.Keywords;

/// <summary>One row of the keyword table, <c>keywords.tsv</c>, with our samples for it from <c>samples.tsv</c>.</summary>
/// <param name="Good">Lines to put into the block; the last uses the keyword.</param>
/// <param name="Shows">What the effective configuration then has on one line, which it has not without them.</param>
/// <param name="Bad">The same with a value that cannot be, between « and »; null where every value can be.</param>
public sealed record KeywordRow(
    string Block, string Keyword, string Arguments, string Default, string Since, string Status, string Note, string? Good, string? Shows, string? Bad)
{
    public static IReadOnlyList<KeywordRow> All { get; } = Read();

    public bool IsAlias => Status.Contains("alias of", StringComparison.Ordinal);

    public bool IsDeprecated => Status.Contains("deprecated", StringComparison.Ordinal);

    public bool IsWithoutEffect => Status.Contains("no-op", StringComparison.Ordinal);

    private static List<KeywordRow> Read()
    {
        Dictionary<(string, string), string[]> samples = Table("samples.tsv").ToDictionary(static r => (r[0], r[1]));
        List<KeywordRow> rows = [];
        foreach (string[] row in Table("keywords.tsv"))
        {
            string[]? sample = samples.GetValueOrDefault((row[0], row[1]));
            rows.Add(new KeywordRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], Text(sample, 2), Text(sample, 3), Text(sample, 4)));
        }
        return rows;
    }

    private static string? Text(string[]? sample, int column)
        => sample is null || sample[column] == "-" ? null : sample[column].Replace("\\n", "\n", StringComparison.Ordinal);

    private static IEnumerable<string[]> Table(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static l => l.Split('\t'))];
    }
}
